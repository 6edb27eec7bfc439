/** What a container sees of the node's files, and the node's devices (pkg/cri/opts/spec_linux.go WithMounts, WithDevices; container_create_linux.go containerMounts). */
import { decode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { makeDirectories } from '../files'
import { GrpcError } from '../grpc'
import { CGROUP_MOUNT, defaultMounts } from '../oci/defaults'
import { devicesOf, NOT_A_DEVICE } from '../oci/devices'
import type { OciDevice, OciMount, OciResources } from '../oci/types'
import type { ContainerConfig, CriMount } from './services'
import { SANDBOX_ROOT, SANDBOX_STATE } from './spec'

const NODE = 2
const HOST_TO_CONTAINER = 1
const BIDIRECTIONAL = 2

/** filepath.Clean of a path that is meant to be absolute. */
export function clean(path: string): string {
  const names: string[] = []
  for (const name of path.split('/')) {
    if (name === '..') names.pop()
    else if (name !== '' && name !== '.') names.push(name)
  }
  return (path.startsWith('/') ? '/' : '') + names.join('/')
}

export interface Bound {
  readonly mounts: OciMount[]
  /** Of the root, as the mounts need it. */
  readonly rootfsPropagation?: 'rshared' | 'rslave'
}

/** Mounts of the container by the depth of their place, so that none hides another. */
export function* boundMounts(sys: Sys, config: ContainerConfig, sandboxId: string, volumes: readonly CriMount[]): Run<Bound> {
  const security = config.linux?.security_context
  const given = config.mounts ?? []
  const all = [...given, ...[...ownMounts(config, sandboxId), ...volumes].filter((own) => !given.some((m) => clean(m.container_path ?? '') === clean(own.container_path ?? '')))]
  const depth = ({ container_path: path = '' }: CriMount): number => clean(path).split('/').length
  all.sort((a, b) => depth(a) - depth(b))
  const covered = new Set(all.map((m) => clean(m.container_path ?? '')))
  const base = [...defaultMounts(['/run']), CGROUP_MOUNT].filter(({ destination }) => !covered.has(destination) && !(covered.has('/dev') && destination.startsWith('/dev/')))
  const writable = security?.privileged ? base.map((m) => (['sysfs', 'cgroup'].includes(m.type ?? '') ? { ...m, options: (m.options ?? []).map((o) => (o === 'ro' ? 'rw' : o)) } : m)) : base
  const bound: OciMount[] = []
  let rootfsPropagation: Bound['rootfsPropagation']
  for (const { container_path: destination = '', host_path: path = '', propagation = 0, readonly } of all) {
    const source = resolved(sys, path)
    if (propagation === BIDIRECTIONAL) {
      yield* ensurePropagation(sys, source, ['shared:'], 'a shared mount')
      rootfsPropagation = 'rshared'
    } else if (propagation === HOST_TO_CONTAINER) {
      yield* ensurePropagation(sys, source, ['shared:', 'master:'], 'a shared or slave mount')
      rootfsPropagation ??= 'rslave'
    }
    const word = propagation === BIDIRECTIONAL ? 'rshared' : propagation === HOST_TO_CONTAINER ? 'rslave' : 'rprivate'
    bound.push({ destination, type: 'bind', source, options: ['rbind', word, readonly ? 'ro' : 'rw'] })
  }
  return { mounts: [...writable, ...bound], ...(rootfsPropagation ? { rootfsPropagation } : {}) }
}

/** Files of the pod, where the container does not bring its own. */
function ownMounts(config: ContainerConfig, sandboxId: string): CriMount[] {
  const security = config.linux?.security_context
  const file = (name: string): CriMount => ({ container_path: `/etc/${name}`, host_path: `${SANDBOX_ROOT}/${sandboxId}/${name}`, ...(security?.readonly_rootfs ? { readonly: true } : {}) })
  const shm = security?.namespace_options?.ipc === NODE ? '/dev/shm' : `${SANDBOX_STATE}/${sandboxId}/shm`
  return [file('hostname'), file('hosts'), file('resolv.conf'), { container_path: '/dev/shm', host_path: shm }]
}

/** A host's path that is not there is made, as a directory; a link is followed. */
function resolved(sys: Sys, path: string): string {
  const fail = (words: string): never => {
    throw new GrpcError('Unknown', words)
  }
  try {
    sys.stat(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    if (error.code !== 'ENOENT') return fail(`failed to stat "${path}": stat ${path}: ${error.message.toLowerCase()}`)
    if (path === '') return fail('failed to mkdir "": mkdir : no such file or directory')
    makeDirectories(sys, path)
  }
  return sys.lstat(path).kind === 'link' ? sys.realpath(path) : path
}

/** The mount that a path lies on must be of one of these kinds (ensureShared, ensureSharedOrSlave). */
function* ensurePropagation(sys: Sys, path: string, kinds: readonly string[], words: string): Run {
  let [point, tags]: [string, readonly string[]] = ['', []]
  for (const line of decode(yield* sys.readFile('/proc/self/mountinfo')).split('\n')) {
    const [, , , , place = '', , ...rest] = line.split(' ')
    const isAbove = path === place || path.startsWith(place === '/' ? '/' : `${place}/`)
    if (place !== '' && isAbove && place.length > point.length) [point, tags] = [place, rest.slice(0, rest.indexOf('-'))]
  }
  if (!tags.some((tag) => kinds.some((kind) => tag.startsWith(kind)))) throw new GrpcError('Unknown', `path "${path}" is mounted on "${point}" but it is not ${words}`)
}

export interface Devices {
  readonly devices: OciDevice[]
  readonly rules: NonNullable<OciResources['devices']>
}

/** Devices that the container names, and all of the node for a privileged one. */
export function chosenDevices(sys: Sys, config: ContainerConfig): Devices {
  const devices: OciDevice[] = []
  const rules: Devices['rules'] = [{ allow: false, access: 'rwm' }]
  for (const { host_path: path = '', container_path: containerPath = '', permissions = '' } of config.devices ?? []) {
    const found = devicesAt(sys, path, containerPath)
    devices.push(...found)
    for (const { type, major, minor } of found) rules.push({ allow: true, type, major, minor, ...(permissions === '' ? {} : { access: permissions }) })
  }
  if (!config.linux?.security_context?.privileged) return { devices, rules }
  return { devices: [...devices, ...(devicesOf(sys, '/dev') ?? [])], rules: [{ allow: true, access: 'rwm' }] }
}

function devicesAt(sys: Sys, path: string, containerPath: string): OciDevice[] {
  try {
    const target = sys.lstat(path).kind === 'link' ? sys.realpath(path) : path
    const found = devicesOf(sys, target, containerPath)
    if (found) return found
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new GrpcError('Unknown', `lstat ${path}: ${error.message.toLowerCase()}`)
  }
  throw new GrpcError('Unknown', NOT_A_DEVICE)
}
