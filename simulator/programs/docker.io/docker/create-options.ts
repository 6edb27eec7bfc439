/** What `docker run` and `docker create` make of their options (cli/command/container/opts.go). */
import { DEFAULT_SHM, MASKED_PATHS, READONLY_PATHS } from '../../../docker/containers/spec'
import type { ContainerConfig, DeviceMapping, EndpointRequest, HostConfig, Labels, MountSpec, PortBinding, Ulimit } from '../../../docker/types'
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { parseSize } from '../../go/units'
import { type Context, Refused } from './command'
import { exposedPorts, portBindings } from './ports'

export const CREATE_FLAGS = [
  'add-host', 'attach', 'cap-add', 'cap-drop', 'cgroup-parent', 'cgroupns', 'cidfile', 'cpu-period', 'cpu-quota', 'cpu-shares', 'cpus', 'cpuset-cpus', 'cpuset-mems', 'device', 'dns', 'dns-option', 'dns-search', 'domainname', 'entrypoint',
  'env', 'env-file', 'expose', 'group-add', 'hostname', 'interactive', 'ip', 'ipc', 'label', 'label-file', 'log-driver', 'memory', 'memory-reservation', 'memory-swap', 'mount', 'name', 'network', 'net', 'net-alias', 'network-alias',
  'no-healthcheck', 'oom-kill-disable', 'oom-score-adj', 'pid', 'pids-limit', 'privileged', 'publish', 'publish-all', 'pull', 'read-only', 'restart', 'rm', 'runtime', 'security-opt', 'shm-size', 'stop-signal', 'stop-timeout', 'sysctl',
  'tmpfs', 'tty', 'ulimit', 'user', 'userns', 'uts', 'volume', 'volumes-from', 'workdir',
]
const INVALID = 125

export interface CreateRequest {
  readonly name: string
  readonly config: ContainerConfig
  readonly host: HostConfig
  readonly networks: Readonly<Record<string, EndpointRequest>>
}

export interface ParsedOptions extends CreateRequest {
  readonly image: string
}

/** An option's value that is none, in pflag's words. */
export const wrongValue = ({ flags, words }: Context, name: string, value: string, why: string): Refused =>
  new Refused(`invalid argument ${JSON.stringify(value)} for "${flags.words(name)}" flag: ${why}\nSee '${words} --help'.`, INVALID)

export function sizeOf(context: Context, name: string): number {
  const text = context.flags.text(name)
  if (text === undefined) return 0
  if (name === 'memory-swap' && text === '-1') return -1
  const size = parseSize(text)
  if (size === undefined) throw wrongValue(context, name, text, `invalid size: '${text}'`)
  return size
}

/** `1.5` in billionths. */
export function nanoCpus(context: Context): number {
  const text = context.flags.text('cpus')
  if (text === undefined) return 0
  if (!/^\d*\.?\d+$/.test(text)) throw wrongValue(context, 'cpus', text, `failed to parse ${text} as a rational number`)
  return Math.round(Number(text) * 1e9)
}

export function restartPolicy(text: string): HostConfig['RestartPolicy'] {
  const [Name = '', count, ...more] = text.split(':')
  if (more.length > 0) throw new Refused('invalid restart policy format', INVALID)
  if (count !== undefined && !/^\d+$/.test(count)) throw new Refused('maximum retry count must be an integer', INVALID)
  return { Name, MaximumRetryCount: Number(count ?? 0) }
}

function* fileLines(context: Context, name: string): Run<string[]> {
  const lines: string[] = []
  for (const path of context.flags.all(name)) {
    try {
      const text = decode(yield* context.io.sys.readFile(path))
      lines.push(...text.split('\n').map((line) => line.trimStart()).filter((line) => line !== '' && !line.startsWith('#')))
    } catch (error) {
      if (!isErrno(error)) throw error
      throw new Refused(`${context.words.replace(/ .*/, '')}: open ${path}: ${error.message.toLowerCase()}.\nSee '${context.words} --help'.`, INVALID)
    }
  }
  return lines
}

/** A name alone has the value that it has here. */
const withValues = ({ io }: Context, entries: readonly string[]): string[] =>
  entries.map((entry) => (entry.includes('=') || io.env(entry) === undefined ? entry : `${entry}=${io.env(entry)}`))

export function labelsOf(entries: readonly string[]): Labels {
  return Object.fromEntries(entries.map((entry): [string, string] => [entry.split('=', 1)[0] ?? '', entry.includes('=') ? entry.slice(entry.indexOf('=') + 1) : '']))
}

const orNull = (list: readonly string[]): readonly string[] | null => (list.length > 0 ? list : null)

const MODES: readonly (readonly [string, string, RegExp])[] = [
  ['pid', '--pid: invalid PID mode', /^(|host|container:.+)$/], ['uts', '--uts: invalid UTS mode', /^(|host)$/], ['userns', '--userns: invalid USER mode', /^(|host)$/], ['cgroupns', '--cgroupns: invalid CGROUP mode', /^(|host|private)$/],
]

export function* parseOptions(context: Context, attached: 'attached' | 'detached'): Run<ParsedOptions> {
  const { flags, args } = context
  const text = (name: string): string => flags.text(name) ?? ''
  const fail = (message: string): never => {
    throw new Refused(`docker: ${message}.\nSee '${context.words} --help'.`, INVALID)
  }
  for (const [name, words, form] of MODES) if (!form.test(text(name))) fail(words)
  if (!/^(|host|private|shareable|none|container:.+)$/.test(text('ipc'))) fail('--ipc: invalid IPC mode')
  const [image = '', ...command] = args
  const attach = flags.all('attach').map((name) => name.toLowerCase())
  const strange = attach.find((name) => !['stdin', 'stdout', 'stderr'].includes(name))
  if (strange !== undefined) throw wrongValue(context, 'attach', strange, 'valid streams are STDIN, STDOUT and STDERR')
  const has = (name: string): boolean => attached === 'attached' && (attach.length > 0 ? attach.includes(name) : name !== 'stdin')
  const AttachStdin = attached === 'attached' && (attach.includes('stdin') || flags.is('interactive'))
  const OpenStdin = flags.is('interactive')
  const entrypoint = flags.text('entrypoint')
  const env = withValues(context, [...(yield* fileLines(context, 'env-file')), ...flags.all('env')])
  const volumes = flags.all('volume')
  const { ports, exposed } = publishedPorts(context)
  const labels = labelsOf([...(yield* fileLines(context, 'label-file')), ...flags.all('label')])
  const timeout = flags.text('stop-timeout')
  const config: ContainerConfig = {
    Hostname: text('hostname'), Domainname: text('domainname'), User: text('user'), AttachStdin, AttachStdout: has('stdout'), AttachStderr: has('stderr'), ...(Object.keys(exposed).length > 0 ? { ExposedPorts: exposed } : {}),
    Tty: flags.is('tty'), OpenStdin, StdinOnce: OpenStdin && AttachStdin, Env: orNull(env), Cmd: orNull(command), ...(flags.is('no-healthcheck') ? { Healthcheck: { Test: ['NONE'] } } : {}), Image: image,
    Volumes: anonymous(volumes), WorkingDir: text('workdir'), Entrypoint: entrypoint === undefined ? null : [entrypoint], OnBuild: null, Labels: labels,
    ...(flags.text('stop-signal') === undefined ? {} : { StopSignal: text('stop-signal') }), ...(timeout === undefined ? {} : { StopTimeout: Number(timeout) }),
  }
  const network = flags.text('network') ?? flags.text('net') ?? 'default'
  const aliases = [...flags.all('network-alias'), ...flags.all('net-alias')]
  const endpoint: EndpointRequest = { ...(aliases.length > 0 ? { Aliases: aliases } : {}), ...(flags.text('ip') === undefined ? {} : { IPv4Address: text('ip') }) }
  if (aliases.length + (flags.text('ip') === undefined ? 0 : 1) > 0 && ['default', 'bridge', 'host', 'none'].includes(network)) fail('Error response from daemon: network-scoped alias is supported only for containers in user defined networks')
  return { image, name: text('name'), config, host: hostConfig(context, network, volumes, ports), networks: { [network]: endpoint } }
}

/** `-v /path` alone is a volume without a name. */
function anonymous(volumes: readonly string[]): ContainerConfig['Volumes'] {
  const paths = volumes.filter((volume) => !volume.includes(':'))
  return paths.length > 0 ? Object.fromEntries(paths.map((path) => [path, {}])) : null
}

function publishedPorts(context: Context): { readonly ports: Record<string, PortBinding[]>; readonly exposed: Record<string, object> } {
  const { flags } = context
  try {
    const ports = portBindings(flags.all('publish'))
    return { ports, exposed: { ...Object.fromEntries(Object.keys(ports).map((port) => [port, {}])), ...exposedPorts(flags.all('expose')) } }
  } catch (error) {
    if (!(error instanceof Error) || error instanceof Refused) throw error
    throw new Refused(`docker: ${error.message}.\nSee '${context.words} --help'.`, INVALID)
  }
}

function hostConfig(context: Context, NetworkMode: string, volumes: readonly string[], PortBindings: HostConfig['PortBindings']): HostConfig {
  const { flags } = context
  const list = (name: string): readonly string[] | null => orNull(flags.all(name))
  const memory = sizeOf(context, 'memory')
  const swap = sizeOf(context, 'memory-swap')
  const Privileged = flags.is('privileged')
  const mounts = flags.all('mount').map((text) => mountSpec(context, text))
  const tmpfs = Object.fromEntries(flags.all('tmpfs').map((text): [string, string] => [text.split(':', 1)[0] ?? '', text.includes(':') ? text.slice(text.indexOf(':') + 1) : '']))
  const sysctls = labelsOf(flags.all('sysctl'))
  const driver = flags.text('log-driver') ?? 'json-file'
  if (driver !== 'json-file' && driver !== 'none') throw new Refused(`${context.words} --log-driver ${driver}: not simulated in this lab`, INVALID)
  const security = flags.all('security-opt').find((option) => !SECURITY.test(option))
  if (security !== undefined) throw new Refused(`${context.words} --security-opt ${security}: not simulated in this lab`, INVALID)
  const other = Object.keys(PortBindings).find((port) => !port.endsWith('/tcp'))
  if (other !== undefined) throw new Refused(`${context.words} --publish ${other}: not simulated in this lab`, INVALID)
  const pids = flags.text('pids-limit')
  return {
    Binds: orNull(volumes.filter((volume) => volume.includes(':'))), ContainerIDFile: flags.text('cidfile') ?? '', LogConfig: { Type: driver, Config: {} }, NetworkMode, PortBindings,
    RestartPolicy: restartPolicy(flags.text('restart') ?? 'no'), AutoRemove: flags.is('rm'), VolumeDriver: '', VolumesFrom: list('volumes-from'), CapAdd: list('cap-add'), CapDrop: list('cap-drop'), CgroupnsMode: flags.text('cgroupns') ?? '',
    Dns: flags.all('dns'), DnsOptions: flags.all('dns-option'), DnsSearch: flags.all('dns-search'), ExtraHosts: list('add-host'), GroupAdd: list('group-add'), IpcMode: flags.text('ipc') ?? '', Cgroup: '', Links: null,
    OomScoreAdj: flags.number('oom-score-adj'), PidMode: flags.text('pid') ?? '', Privileged, PublishAllPorts: flags.is('publish-all'), ReadonlyRootfs: flags.is('read-only'), SecurityOpt: list('security-opt'),
    ...(Object.keys(tmpfs).length > 0 ? { Tmpfs: tmpfs } : {}), UTSMode: flags.text('uts') ?? '', UsernsMode: flags.text('userns') ?? '', ShmSize: sizeOf(context, 'shm-size') || DEFAULT_SHM,
    ...(Object.keys(sysctls).length > 0 ? { Sysctls: sysctls } : {}), Runtime: flags.text('runtime') ?? 'runc', ConsoleSize: [0, 0], Isolation: '', CpuShares: flags.number('cpu-shares'), Memory: memory, NanoCpus: nanoCpus(context),
    CgroupParent: flags.text('cgroup-parent') ?? '', BlkioWeight: 0, BlkioWeightDevice: [], BlkioDeviceReadBps: null, BlkioDeviceWriteBps: null, BlkioDeviceReadIOps: null, BlkioDeviceWriteIOps: null,
    CpuPeriod: flags.number('cpu-period'), CpuQuota: flags.number('cpu-quota'), CpuRealtimePeriod: 0, CpuRealtimeRuntime: 0, CpusetCpus: flags.text('cpuset-cpus') ?? '', CpusetMems: flags.text('cpuset-mems') ?? '',
    Devices: flags.all('device').map(deviceMapping),
    DeviceCgroupRules: null, DeviceRequests: null, KernelMemory: 0, KernelMemoryTCP: 0, MemoryReservation: sizeOf(context, 'memory-reservation'), MemorySwap: swap === 0 && memory > 0 ? 2 * memory : swap, MemorySwappiness: null,
    OomKillDisable: flags.is('oom-kill-disable'), PidsLimit: pids === undefined ? null : Number(pids), Ulimits: ulimits(context), ...(mounts.length > 0 ? { Mounts: mounts } : {}), CpuCount: 0, CpuPercent: 0, IOMaximumIOps: 0,
    IOMaximumBandwidth: 0, MaskedPaths: Privileged ? null : MASKED_PATHS, ReadonlyPaths: Privileged ? null : READONLY_PATHS,
  }
}

/** `/dev/on-the-node[:/dev/in-the-container][:rwm]`. */
function deviceMapping(text: string): DeviceMapping {
  const [PathOnHost = '', ...rest] = text.split(':')
  const [PathInContainer = PathOnHost, CgroupPermissions = 'rwm'] = rest.length === 1 && /^[rwm]{1,3}$/.test(rest[0] ?? '') ? [PathOnHost, ...rest] : rest
  return { PathOnHost, PathInContainer, CgroupPermissions }
}

/** Those that have an effect here, and those that have none on a node without AppArmor and SELinux. */
const SECURITY = /^(no-new-privileges([:=](true|false))?|seccomp[:=]unconfined|apparmor[:=]\S+|label[:=]\S+)$/

/** `nofile=1024:2048`. */
function ulimits(context: Context): readonly Ulimit[] | null {
  const all = context.flags.all('ulimit').map((text): Ulimit => {
    const [Name = '', limits] = text.split('=', 2)
    const [soft = '', hard = soft] = (limits ?? '').split(':')
    if (limits === undefined || !/^-?\d+$/.test(soft) || !/^-?\d+$/.test(hard)) throw wrongValue(context, 'ulimit', text, `invalid ulimit argument: ${text}`)
    if (Number(hard) >= 0 && Number(soft) > Number(hard)) throw wrongValue(context, 'ulimit', text, `ulimit soft limit must be less than or equal to hard limit: ${soft} > ${hard}`)
    return { Name, Hard: Number(hard), Soft: Number(soft) }
  })
  return all.length > 0 ? all : null
}

/** `type=bind,source=/a,target=/b,readonly` (opts/mount.go). */
function mountSpec(context: Context, text: string): MountSpec {
  let [Type, Source, Target, ReadOnly]: [string, string, string, boolean] = ['volume', '', '', false]
  for (const field of text.split(',')) {
    const [key = '', value] = field.split(/=(.*)/s)
    if (['readonly', 'ro'].includes(key.toLowerCase())) ReadOnly = value === undefined || value === 'true' || value === '1'
    else if (value === undefined) throw wrongValue(context, 'mount', text, `invalid field '${field}' must be a key=value pair`)
    else if (key === 'type') Type = value.toLowerCase()
    else if (key === 'source' || key === 'src') Source = value
    else if (['target', 'dst', 'destination'].includes(key)) Target = value
    else if (['bind-propagation', 'volume-driver', 'volume-label', 'volume-opt', 'volume-nocopy', 'tmpfs-size', 'tmpfs-mode', 'consistency', 'bind-nonrecursive'].includes(key)) throw new Refused(`${context.words} --mount ${key}=: not simulated in this lab`, INVALID)
    else throw wrongValue(context, 'mount', text, `unexpected key '${key}' in '${field}'`)
  }
  if (Type !== 'bind' && Type !== 'volume' && Type !== 'tmpfs') throw wrongValue(context, 'mount', text, `invalid mount type: ${Type}`)
  if (Target === '') throw wrongValue(context, 'mount', text, 'target is required')
  return { Type, ...(Source === '' ? {} : { Source }), Target, ...(ReadOnly ? { ReadOnly } : {}) }
}

