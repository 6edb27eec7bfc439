/**
 * Calls CNI plugins as libcni does: one process for each plugin of the list, the result of one handed to the next, what
 * came out kept under /var/lib/cni/results. containerd sets a pod up with `setUpPod`: first loopback, then the network (go-cni).
 */
import { toBase64 } from '../kernel/base64'
import { decode, encode } from '../kernel/bytes'
import { isErrno } from '../kernel/errno'
import type { Run } from '../kernel/run'
import type { Sys } from '../kernel/sys'
import { readIf, WrongShape } from './shape'
import { type CniResult, cniResult, type NetworkList, networkList, type PluginConfig, type PortMapping } from './types'

const CACHE = '/var/lib/cni/results'
const BIN = '/opt/cni/bin'

export interface CniTarget {
  readonly containerId: string
  /** `/var/run/netns/cni-…`. */
  readonly netnsPath: string
  readonly ifName: string
  /** The text of a .conflist. */
  readonly conflist: string
  /** CNI_ARGS, as kubelet's runtimes give them: K8S_POD_NAME and the like. */
  readonly args?: readonly (readonly [string, string])[]
  readonly portMappings?: readonly PortMapping[]
  /** What the runtime offers plugins that ask for it (`capabilities`), by name. */
  readonly capabilityArgs?: Readonly<Record<string, unknown>>
}

/** A plugin refused: `plugin type="bridge" failed (add): …`. */
export class CniError extends Error {}

/** CNI ADD of a whole list. Returns the last plugin's result. */
export function* cniAdd(sys: Sys, target: CniTarget): Run<CniResult> {
  const list = parseList(target.conflist)
  let result: CniResult | undefined
  for (const plugin of list.plugins) {
    const output = yield* invoke(sys, 'ADD', plugin, list, target, result)
    result = readIf(cniResult, JSON.parse(output))
    if (!result) throw new CniError(`plugin type="${plugin.type}" gave no result`)
  }
  if (!result) throw new CniError('no plugins in the network configuration')
  yield* cache(sys, target, result)
  return result
}

/** CNI DEL of a whole list, last plugin first. A missing namespace is no error (the specification wants DEL to be forgiving). */
export function* cniDel(sys: Sys, target: CniTarget): Run {
  const list = parseList(target.conflist)
  const known = yield* cached(sys, list, target)
  for (const plugin of [...list.plugins].reverse()) yield* invoke(sys, 'DEL', plugin, list, target, known)
  try {
    sys.unlink(cachePath(list, target))
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error
  }
}

export const LOOPBACK_CONFLIST = '{\n"cniVersion": "0.3.1",\n"name": "cni-loopback",\n"plugins": [{\n  "type": "loopback"\n}]\n}'

/** An interface as go-cni reports it, and `crictl inspectp` shows it. */
export interface PodInterface {
  readonly IPConfigs: readonly { readonly IP: string; readonly Gateway: string }[] | null
  readonly Mac: string
  readonly Sandbox: string
}

export interface PodNetwork {
  readonly Interfaces: { readonly [name: string]: PodInterface }
  readonly DNS: readonly NonNullable<CniResult['dns']>[]
  readonly Routes: readonly NonNullable<CniResult['routes']>[number][]
}

/** Loopback, then the network: what the CRI plugin asks go-cni for when it starts a sandbox. */
export function* setUpPod(sys: Sys, target: CniTarget): Run<PodNetwork> {
  const results = [yield* cniAdd(sys, loopbackOf(target)), yield* cniAdd(sys, target)]
  const interfaces: { [name: string]: PodInterface } = {}
  for (const result of results) {
    result.interfaces?.forEach((each, index) => {
      const own = (result.ips ?? []).filter((ip) => ip.interface === index).map((ip) => ({ IP: ip.address.split('/')[0] ?? '', Gateway: ip.gateway ?? '' }))
      interfaces[each.name] = { IPConfigs: own.length > 0 ? own : null, Mac: each.mac ?? '', Sandbox: each.sandbox ?? '' }
    })
  }
  const sorted = Object.fromEntries(Object.entries(interfaces).sort(([a], [b]) => (a < b ? -1 : 1)))
  return { Interfaces: sorted, DNS: results.map((result) => result.dns ?? {}), Routes: results.flatMap((result) => result.routes ?? []) }
}

export function* tearDownPod(sys: Sys, target: CniTarget): Run {
  yield* cniDel(sys, target)
  yield* cniDel(sys, loopbackOf(target))
}

/** The pod's first address, as its status shows it. */
export const podAddress = (network: PodNetwork, ifName = 'eth0'): string | undefined => network.Interfaces[ifName]?.IPConfigs?.[0]?.IP

const loopbackOf = ({ portMappings: _, ...target }: CniTarget): CniTarget => ({ ...target, ifName: 'lo', conflist: LOOPBACK_CONFLIST })

function parseList(text: string): NetworkList {
  try {
    return networkList(JSON.parse(text), 'NetworkConfigList')
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof WrongShape) throw new CniError(`error parsing configuration list: ${error.message}`)
    throw error
  }
}

const argsOf = (target: CniTarget): string => (target.args ?? []).map(([key, value]) => `${key}=${value}`).join(';')

/** One plugin's run: a child process with the configuration on its standard input. */
function* invoke(sys: Sys, command: 'ADD' | 'DEL', plugin: PluginConfig, list: NetworkList, target: CniTarget, previous: CniResult | undefined): Run<string> {
  const wantsPorts = plugin.capabilities?.portMappings && target.portMappings && target.portMappings.length > 0
  const { capabilities: _, ...own } = plugin
  const config = JSON.stringify({
    ...own, name: list.name, cniVersion: list.cniVersion ?? '0.3.1', ...(previous ? { prevResult: previous } : {}),
    ...(wantsPorts ? { runtimeConfig: { portMappings: target.portMappings } } : {}),
  })
  const environment = new Map(sys.env)
  const set = {
    CNI_COMMAND: command, CNI_CONTAINERID: target.containerId, CNI_NETNS: target.netnsPath, CNI_ARGS: argsOf(target), CNI_IFNAME: target.ifName, CNI_PATH: BIN,
  }
  for (const [key, value] of Object.entries(set)) environment.set(key, value)
  const type = plugin.type ?? ''
  const { code, output } = yield* runPlugin(sys, `${BIN}/${type}`, environment, config)
  const missing = `failed to find plugin "${type}" in path [${BIN}]`
  // Only DEL says for whom it looks (libcni addNetwork, delNetwork).
  if (code === 'missing') throw new CniError(command === 'ADD' ? missing : `plugin type="${type}" failed (delete): ${missing}`)
  if (code !== 0) throw new CniError(`plugin type="${type}" failed (${command === 'ADD' ? 'add' : 'delete'}): ${messageOf(output)}`)
  return output
}

const messageOf = (output: string): string => {
  try {
    const value: unknown = JSON.parse(output)
    if (typeof value === 'object' && value !== null && 'msg' in value) return String(value.msg)
  } catch {
    // Not JSON: what it printed is all there is.
  }
  return output === '' ? 'netplugin failed with no error message' : output
}

/** Runs an executable with `input`, and gives back what it printed and how it ended. */
export function* runPlugin(sys: Sys, path: string, environment: ReadonlyMap<string, string>, input: string): Run<{ code: number | 'missing'; output: string }> {
  if (!sys.access(path, { execute: true })) return { code: 'missing', output: '' }
  const stdin = sys.pipe()
  const stdout = sys.pipe()
  const pid = sys.fork(function* (child) {
    child.dup2(stdin.read, 0)
    child.dup2(stdout.write, 1)
    for (const fd of [stdin.read, stdin.write, stdout.read, stdout.write]) if (fd > 1) child.close(fd)
    return yield* child.exec(path, [path], environment)
  })
  sys.close(stdin.read)
  sys.close(stdout.write)
  let output = ''
  try {
    yield* sys.write(stdin.write, encode(input))
  } catch (error) {
    if (!isErrno(error, 'EPIPE')) throw error
  }
  sys.close(stdin.write)
  for (;;) {
    const part = yield* sys.read(stdout.read, 65536)
    if (part.length === 0) break
    output += decode(part)
  }
  sys.close(stdout.read)
  const ended = yield* sys.wait(pid)
  return { code: ended?.status.kind === 'exited' ? ended.status.code : 1, output }
}

const cachePath = (list: NetworkList, target: CniTarget): string => `${CACHE}/${list.name}-${target.containerId}-${target.ifName}`

function* cache(sys: Sys, target: CniTarget, result: CniResult): Run {
  for (const [path, mode] of [['/var/lib/cni', 0o700], [CACHE, 0o700]] as const) {
    try {
      sys.mkdir(path, mode)
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error
    }
  }
  const { path, text } = cacheEntry(target, result)
  yield* sys.writeFile(path, encode(text), { mode: 0o600 })
}

/** As encoding/json writes a map: libcni keeps a result as one. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]))
}

/** Results of the versions before 1.0 tell the family of an address, be it with no word (libcni types/040). */
const versioned = (result: CniResult): CniResult =>
  result.ips && !result.cniVersion.startsWith('1.') ? { ...result, ips: result.ips.map((ip) => ({ version: '', ...ip })) } : result

/** What libcni keeps of one attachment, and where (libcni/api.go `cachedInfo`; its size is that of rootfs.txt). */
export function cacheEntry(target: CniTarget, result: CniResult): { readonly path: string; readonly text: string } {
  const list = parseList(target.conflist)
  const entry = {
    kind: 'cniCacheV1', containerId: target.containerId, config: toBase64(encode(target.conflist)), ifName: target.ifName, networkName: list.name,
    ...(target.args ? { cniArgs: target.args } : {}), ...(target.capabilityArgs ? { capabilityArgs: target.capabilityArgs } : {}), result: sorted(versioned(result)),
  }
  return { path: cachePath(list, target), text: JSON.stringify(entry) }
}

function* cached(sys: Sys, list: NetworkList, target: CniTarget): Run<CniResult | undefined> {
  try {
    const value: unknown = JSON.parse(decode(yield* sys.readFile(cachePath(list, target))))
    if (typeof value !== 'object' || value === null || !('result' in value)) return undefined
    return readIf(cniResult, value.result)
  } catch (error) {
    if (isErrno(error) || error instanceof SyntaxError) return undefined
    throw error
  }
}
