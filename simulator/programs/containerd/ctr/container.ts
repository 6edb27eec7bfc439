/** Makes a container from ctr's flags and deletes one (cmd/ctr/commands/run/run_unix.go; containerd container_opts.go). */
import { type Client, labelArgs } from './client'
import { ensureUnpacked, layersOf, platformsIn } from './image'
import { checkPlatform, platformOf } from './platform'
import { DEFAULT_PATH, UNIX_DEVICES, capabilities, defaultSpec } from './spec'
import { inUserNamespace, mappingLabels, mappingsOf, remapped } from './usernamespace'
import { withLease } from './lease'
import { userOf } from './user'
import { ownRelease, type Release } from '../../../containerd/release'
import { isGrpc } from '../../../containerd/grpc'
import type { ImageConfig, OciDevice, OciLinux, OciMount, OciNamespaceType, OciProcess, OciSeccomp, OciSpec } from '../../../containerd/oci/types'
import { optionsMessage, type RuncOptions } from '../../../containerd/shim/options'
import type { Container, DeleteResponse, Image, NewContainer } from '../../../containerd/services'
import { defaultSeccomp } from '../../../containerd/oci/seccomp'
import { jsonFault } from '../../../containerd/json'
import { decode } from '../../../kernel/bytes'
import { CAPABILITIES } from '../../../kernel/credentials'
import { exists } from '../../../containerd/files'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { majorOf, minorOf } from '../../../kernel/vfs/filesystem'
import type { Stat, Sys } from '../../../kernel/sys'
import { quote } from '../../go/strconv'
import { type Context, Failure } from '../../urfave/context'

const RUNTIME = 'io.containerd.runc.v2'
const NAMESPACES: readonly OciNamespaceType[] = ['pid', 'network', 'mount', 'ipc', 'uts', 'user', 'cgroup']

/** client.NewContainer works under a lease: what a failure leaves behind goes with it. */
export const newContainer = (context: Context, client: Client): Run<Container> => withLease(client, () => createContainer(context, client))

function* createContainer(context: Context, client: Client): Run<Container> {
  const isConfig = context.isSet('config')
  const id = context.arg(isConfig ? 0 : 1)
  const snapshotter = context.string('snapshotter') || 'overlayfs'
  const given = labelArgs(context.strings('label'))
  const release = yield* ownRelease(context.sys)
  const draft = isConfig
    ? { spec: yield* readSpec(context, release), image: '', labels: given, hasSnapshot: false }
    : context.bool('rootfs')
      ? { spec: yield* rootfsSpec(context, { ns: client.ns, id }, release), image: '', labels: given, hasSnapshot: false }
      : yield* fromImage(context, client, { id, snapshotter, release })
  if (!isConfig) yield* applyFlags(context, draft.spec)
  const annotations = { ...draft.spec.annotations, ...given }
  const spec: OciSpec = Object.keys(annotations).length > 0 ? ordered({ ...draft.spec, annotations }) : draft.spec
  const container: NewContainer = {
    ID: id,
    Labels: draft.labels,
    Image: draft.image,
    Runtime: { Name: context.string('runtime'), Options: context.string('runtime') === RUNTIME ? optionsMessage(runcOptions(context)) : null },
    SnapshotKey: draft.hasSnapshot ? id : '',
    Snapshotter: draft.hasSnapshot ? snapshotter : '',
    Extensions: {},
    Spec: spec,
    ...(context.string('sandbox') === '' ? {} : { SandboxID: context.string('sandbox') }),
  }
  return yield* client.call((s, ns) => s.containers.create(ns, container))
}

/** run_unix.go getRuncOptions. */
const runcOptions = (context: Context): RuncOptions => ({
  binary_name: context.string('runc-binary'), root: context.string('runc-root'), systemd_cgroup: context.bool('runc-systemd-cgroup'),
})

interface Draft {
  readonly spec: OciSpec
  readonly image: string
  readonly labels: Record<string, string>
  readonly hasSnapshot: boolean
}

const isSpec = (value: unknown): value is OciSpec => typeof value === 'object' && value !== null && !Array.isArray(value)

function* readSpec(context: Context, { oci }: Release): Run<OciSpec> {
  const path = context.string('config')
  let text: string
  try {
    text = decode(yield* context.sys.readFile(path))
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Failure(`cannot load spec config file: open ${path}: ${error.message.toLowerCase()}`)
  }
  const fault = jsonFault(text, 'unexpected end of JSON input')
  if (fault !== undefined) throw new Failure(`decoding spec config file failed, current supported OCI runtime-spec : v${oci}: ${fault}`)
  const value: unknown = JSON.parse(text)
  if (!isSpec(value)) throw new Failure(`decoding spec config file failed, current supported OCI runtime-spec : v${oci}: json: cannot unmarshal into Go value of type specs.Spec`)
  return value
}

function* rootfsSpec(context: Context, container: { readonly ns: string; readonly id: string }, release: Release): Run<OciSpec> {
  checkFlags(context)
  const path = context.arg(0)
  const spec = defaultSpec(container, release)
  const user = context.string('user')
  if (user !== '' && spec.process) spec.process.user = numericUser(context, user)
  return { ...spec, root: { path: path.startsWith('/') ? path : `${context.sys.getcwd()}/${path}` } }
}

/** `uid` or `uid:gid`; a name would be looked up in files that are the user's own. */
function numericUser(context: Context, text: string): OciProcess['user'] {
  const ids = /^(\d+)(?::(\d+))?$/.exec(text)
  if (!ids) return context.refuse(`--rootfs --user ${text}`)
  const gid = Number(ids[2] ?? 0)
  return { uid: Number(ids[1]), gid, additionalGids: [gid] }
}

interface Wanted {
  readonly id: string
  readonly snapshotter: string
  readonly release: Release
}

function* fromImage(context: Context, client: Client, { id, snapshotter, release }: Wanted): Run<Draft> {
  const image = yield* client.call((s, ns) => s.images.get(ns, context.arg(0)))
  checkFlags(context)
  yield* checkImagePlatform(context, client, image)
  yield* ensureUnpacked(client, image, snapshotter)
  const { config, chain } = yield* layersOf(client, image)
  const mappings = mappingsOf(context)
  const top = chain.at(-1) ?? ''
  const isRemapped = mappings !== undefined && !context.bool('remap-labels')
  const parent = isRemapped ? yield* remapped(client, { snapshotter, parent: top, mappings }) : top
  const labels = isRemapped ? {} : { ...labelArgs(context.strings('snapshotter-label')), ...(mappings ? mappingLabels(mappings) : {}) }
  const mounts = yield* client.call((s, ns) => s.snapshots.prepare(ns, snapshotter, { key: id, parent, labels }))
  const spec = defaultSpec({ ns: client.ns, id }, release)
  const user = yield* userOf(context.sys, mounts, context.string('user') || (config.config?.User ?? ''))
  const own = {
    ...config.config?.Labels,
    'io.containerd.image.config.stop-signal': config.config?.StopSignal ?? 'SIGTERM',
    ...image.labels,
    ...labelArgs(context.strings('label')),
  }
  return { spec: { ...spec, process: withImage(spec, config, user), linux: mappings ? { ...spec.linux, ...inUserNamespace(spec.linux, mappings) } : spec.linux }, image: image.name, labels: own, hasSnapshot: true }
}

function withImage(spec: OciSpec, { config = {} }: ImageConfig, user: OciProcess['user']): OciProcess {
  const process = spec.process ?? { user, cwd: '/' }
  return orderedProcess({
    ...process,
    user,
    args: [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])],
    env: config.Env && config.Env.length > 0 ? [...config.Env] : [DEFAULT_PATH],
    cwd: config.WorkingDir || '/',
  })
}

/** The order of Go's struct fields. */
const orderedProcess = (p: OciProcess): OciProcess => ({
  terminal: p.terminal, consoleSize: p.consoleSize, user: p.user, args: p.args, env: p.env, cwd: p.cwd, capabilities: p.capabilities, rlimits: p.rlimits,
  noNewPrivileges: p.noNewPrivileges, apparmorProfile: p.apparmorProfile, oomScoreAdj: p.oomScoreAdj, selinuxLabel: p.selinuxLabel,
})
const ordered = (s: OciSpec): OciSpec => ({
  ociVersion: s.ociVersion, process: s.process, root: s.root, hostname: s.hostname, mounts: s.mounts, annotations: s.annotations, linux: s.linux,
})

/** Environment with entries of the same name replaced. */
export function mergeEnv(env: readonly string[], more: readonly string[]): string[] {
  const result = [...env]
  for (const entry of more) {
    const name = entry.split('=')[0]
    const at = result.findIndex((old) => old.split('=')[0] === name)
    if (!entry.includes('=')) {
      if (at >= 0) result.splice(at, 1)
    } else if (at >= 0) result[at] = entry
    else result.push(entry)
  }
  return result
}

/** What NewContainer looks at before it makes anything: a mistake here leaves no snapshot behind. */
function checkFlags(context: Context): void {
  for (const list of ['cap-add', 'cap-drop']) {
    if (context.strings(list).some((name) => !name.startsWith('CAP_'))) throw new Failure("capabilities must be specified with 'CAP_' prefix")
  }
  for (const text of context.strings('annotation')) annotation(text)
  if (!context.bool('seccomp') && context.string('seccomp-profile') !== '') throw new Failure('seccomp must be set to true, if using a custom seccomp-profile')
  for (const join of context.strings('with-ns')) joinNamespace({}, join)
  mappingsOf(context)
  if (context.bool('runc-systemd-cgroup') && context.string('cgroup') === '') throw new Failure('option --runc-systemd-cgroup requires --cgroup to be set, e.g. "machine.slice:foo:deadbeef"')
}

/** Of an index the manifest for the wanted platform is taken; a manifest is taken as it is, whatever it is for (images.Manifest). */
function* checkImagePlatform(context: Context, client: Client, image: Image): Run {
  const text = context.string('platform')
  if (text === '') return
  checkPlatform(text, (_, why) => new Failure(why))
  if (!/index|list/.test(image.target.mediaType)) return
  const platforms = yield* platformsIn(client, image)
  if (!platforms.includes(platformOf(text))) throw new Failure(`no match for platform in manifest ${image.target.digest}: not found`)
  if (platforms[0] !== platformOf(text)) context.refuse(`run --platform ${text}`)
}

/** Every flag that changes the specification, in the order in which run_unix.go applies them. */
function* applyFlags(context: Context, spec: OciSpec): Run {
  const process = (spec.process ??= { user: { uid: 0, gid: 0 }, cwd: '/' })
  const linux = (spec.linux ??= {})
  const resources = (linux.resources ??= {})
  const mounts = (spec.mounts ??= [])
  resources.devices = [...(resources.devices ?? []), ...UNIX_DEVICES]
  if (context.string('env-file') !== '') process.env = mergeEnv(process.env ?? [], yield* fileLines(context, context.string('env-file')))
  if (context.strings('env').length > 0) process.env = mergeEnv(process.env ?? [], context.strings('env'))
  mounts.push(...context.strings('mount').map(parseMount))
  if (context.bool('read-only')) spec.root = { path: spec.root?.path ?? 'rootfs', readonly: true }
  const args = context.args.slice(2)
  if (args.length > 0) process.args = args
  if (context.string('cwd') !== '') process.cwd = context.string('cwd')
  if (context.bool('tty')) {
    process.terminal = true
    process.env = mergeEnv(process.env ?? [], ['TERM=xterm'])
  }
  let bounding = process.capabilities?.bounding ?? []
  if (context.bool('privileged')) {
    bounding = currentCapabilities(context)
    linux.maskedPaths = undefined
    linux.readonlyPaths = undefined
    for (const mount of mounts) {
      if (mount.type === 'sysfs' || mount.type === 'cgroup') mount.options = mount.options?.map((option) => (option === 'ro' ? 'rw' : option))
    }
    resources.devices = [{ allow: true, access: 'rwm' }]
    if (!context.bool('privileged-without-host-devices')) linux.devices = hostDevices(context, '/dev')
  }
  if (context.bool('net-host')) {
    linux.namespaces = linux.namespaces?.filter((ns) => ns.type !== 'network')
    mounts.push({ destination: '/etc/hosts', type: 'bind', source: '/etc/hosts', options: ['rbind', 'ro'] })
    mounts.push({ destination: '/etc/resolv.conf', type: 'bind', source: '/etc/resolv.conf', options: ['rbind', 'ro'] })
    process.env = mergeEnv(process.env ?? [], [`HOSTNAME=${context.sys.uname().nodename}`])
  }
  const annotations = context.strings('annotation')
  if (annotations.length > 0) spec.annotations = { ...spec.annotations, ...Object.fromEntries(annotations.map(annotation)) }
  bounding = [...bounding, ...context.strings('cap-add').filter((name) => !bounding.includes(name))].filter((name) => !context.strings('cap-drop').includes(name))
  process.capabilities = capabilities(bounding)
  applyCpu(context, resources)
  for (const join of context.strings('with-ns')) joinNamespace(linux, join)
  if (context.bool('seccomp')) linux.seccomp = yield* seccompOf(context)
  if (context.string('apparmor-profile') !== '') {
    if (context.string('apparmor-default-profile') !== '') throw new Failure('apparmor-profile conflicts with apparmor-default-profile')
    process.apparmorProfile = context.string('apparmor-profile')
  }
  yield* checkBlockIo(context)
  if (context.string('rdt-class') !== '') linux.intelRdt = { closID: context.string('rdt-class') }
  if (context.string('hostname') !== '') spec.hostname = context.string('hostname')
  if (context.string('apparmor-default-profile') !== '') yield* readOr(context, '/sys/kernel/security/apparmor/profiles')
  if (context.isSet('gpus')) throw new Failure('exec: "nvidia-container-cli": executable file not found in $PATH')
  for (const path of context.strings('device')) addDevice(context, linux, path)
  if (context.isSet('allow-new-privs')) process.noNewPrivileges = undefined
  if (context.isSet('cgroup')) linux.cgroupsPath = context.string('cgroup') || undefined
  const limit = context.number('memory-limit')
  if (limit !== 0) resources.memory = { ...resources.memory, limit }
  if (context.string('rootfs-propagation') !== '') linux.rootfsPropagation = context.string('rootfs-propagation')
  spec.process = orderedProcess(process)
  linux.resources = { devices: resources.devices, memory: resources.memory, cpu: resources.cpu, pids: resources.pids }
  spec.linux = orderedLinux(linux)
}

const orderedLinux = (l: OciLinux): OciLinux => ({
  uidMappings: l.uidMappings, gidMappings: l.gidMappings, sysctl: l.sysctl, resources: l.resources, cgroupsPath: l.cgroupsPath, namespaces: l.namespaces, devices: l.devices, seccomp: l.seccomp,
  rootfsPropagation: l.rootfsPropagation, maskedPaths: l.maskedPaths, readonlyPaths: l.readonlyPaths, intelRdt: l.intelRdt,
})

const NOT_DEVICES = ['pts', 'shm', 'fd', 'mqueue', '.lxc', '.lxd-mounts', '.udev', 'console']

/** oci.HostDevices: all of /dev, in the order of names. */
function hostDevices({ sys }: Pick<Context, 'sys'>, directory: string): OciDevice[] {
  return sys.readdir(directory).map((entry) => entry.name).sort().flatMap((name): OciDevice[] => {
    const path = `${directory}/${name}`
    const stat = sys.lstat(path)
    if (NOT_DEVICES.includes(name)) return []
    if (stat.kind === 'dir') return hostDevices({ sys }, path)
    return stat.kind === 'chr' || stat.kind === 'blk' ? [deviceOf(path, stat)] : []
  })
}

const deviceOf = (path: string, { kind, rdev, mode, uid, gid }: Stat): OciDevice => ({
  path, type: kind === 'chr' ? 'c' : 'b', major: majorOf(rdev), minor: minorOf(rdev), fileMode: mode, uid, gid,
})

/** os.ReadFile, with its words. */
function* readOr(context: Context, path: string): Run<string> {
  try {
    return decode(yield* context.sys.readFile(path))
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Failure(`${error.code === 'EISDIR' ? 'read' : 'open'} ${path}: ${error.message.toLowerCase()}`)
  }
}

/** oci.WithEnvFile: every line as it is. */
function* fileLines(context: Context, path: string): Run<string[]> {
  return (yield* readOr(context, path)).split('\n').filter((line) => line !== '')
}

/** Classes of block I/O are those of a file (goresctrl); without one there are none. */
function* checkBlockIo(context: Context): Run {
  const [path, name] = [context.string('blockio-config-file'), context.string('blockio-class')]
  if (path !== '') {
    try {
      yield* context.sys.readFile(path)
    } catch (error) {
      if (!isErrno(error)) throw error
      throw new Failure(`blockio-config-file error: failed to read config file "${path}": open ${path}: ${error.message.toLowerCase()}`)
    }
    context.refuse('--blockio-config-file')
  }
  if (name !== '') throw new Failure(`blockio-class error: no OCI BlockIO parameters for class ${quote(name)}`)
}

function* seccompOf(context: Context): Run<OciSeccomp> {
  const path = context.string('seccomp-profile')
  if (path === '') return defaultSeccomp()
  let text: string
  try {
    text = decode(yield* context.sys.readFile(path))
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Failure(`cannot load seccomp profile ${quote(path)}: open ${path}: ${error.message.toLowerCase()}`)
  }
  const profile: unknown = JSON.parse(text)
  if (typeof profile === 'object' && profile !== null && 'defaultAction' in profile && typeof profile.defaultAction === 'string') return { ...profile, defaultAction: profile.defaultAction }
  throw new Failure(`decoding seccomp profile failed ${quote(path)}`)
}

/** oci.WithDevices: the device with its numbers, and the right to use it. */
function addDevice(context: Context, linux: NonNullable<OciSpec['linux']>, path: string): void {
  let stat: ReturnType<Context['sys']['stat']>
  try {
    stat = context.sys.stat(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Failure(`error stating device path: stat ${path}: ${error.message.toLowerCase()}`)
  }
  if (stat.kind !== 'chr' && stat.kind !== 'blk') throw new Failure('not a device node')
  const device = deviceOf(path, stat)
  const numbers = { type: device.type, major: device.major, minor: device.minor }
  linux.devices = [...(linux.devices ?? []), device]
  const resources = (linux.resources ??= {})
  resources.devices = [...(resources.devices ?? []), { allow: true, ...numbers, access: 'rwm' }]
}

function applyCpu(context: Context, resources: NonNullable<NonNullable<OciSpec['linux']>['resources']>): void {
  const cpus = context.number('cpus')
  const shares = context.number('cpu-shares')
  const quota = context.isSet('cpu-quota') ? context.number('cpu-quota') : -1
  const period = context.number('cpu-period')
  if (cpus > 0) resources.cpu = { ...resources.cpu, quota: Math.trunc(cpus * 100000), period: 100000 }
  const sets = { ...(context.string('cpuset-cpus') ? { cpus: context.string('cpuset-cpus') } : {}), ...(context.string('cpuset-mems') ? { mems: context.string('cpuset-mems') } : {}) }
  if (Object.keys(sets).length > 0) resources.cpu = { ...resources.cpu, ...sets }
  if (shares > 0) resources.cpu = { shares, ...resources.cpu }
  if (quota !== -1 || period !== 0) {
    if (cpus > 0) throw new Failure('cpus and quota/period should be used separately')
    resources.cpu = { ...resources.cpu, quota, period }
  }
}

function annotation(text: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 0) throw new Failure(`invalid key=value format annotation: ${text}`)
  return [text.slice(0, at), text.slice(at + 1)]
}

/** WithPrivileged takes all capabilities that ctr itself has (capability.Current). */
function currentCapabilities(context: Context): string[] {
  const { capEffective } = context.sys.credentials
  return CAPABILITIES.filter((_, bit) => (capEffective >> BigInt(bit)) & 1n)
}

function joinNamespace(linux: NonNullable<OciSpec['linux']>, text: string): void {
  const parts = text.split(':')
  const [name = '', path = ''] = parts
  if (parts.length !== 2) throw new Failure("joining a Linux namespace using --with-ns requires the format 'nstype:path'")
  const type = NAMESPACES.find((known) => known === name)
  if (type === undefined) throw new Failure(`the Linux namespace type specified in --with-ns is not valid: ${name}`)
  const namespaces = linux.namespaces ?? []
  const at = namespaces.findIndex((ns) => ns.type === type)
  linux.namespaces = at < 0 ? [...namespaces, { type, path }] : namespaces.map((ns, i) => (i === at ? { type, path } : ns))
}

/** `type=bind,src=/a,dst=/b,options=rbind:ro`. */
export function parseMount(text: string): OciMount {
  const mount: OciMount = { destination: '' }
  for (const field of text.split(',')) {
    const at = field.indexOf('=')
    if (at < 0) throw new Failure('invalid mount specification: expected key=val')
    const key = field.slice(0, at)
    const value = field.slice(at + 1)
    if (key === 'type') mount.type = value
    else if (key === 'source' || key === 'src') mount.source = value
    else if (key === 'destination' || key === 'dst') mount.destination = value
    else if (key === 'options') mount.options = value.split(':')
    else throw new Failure(`mount option ${quote(key)} not supported`)
  }
  return { destination: mount.destination, type: mount.type, source: mount.source, options: mount.options }
}

function* hasTask(client: Client, id: string): Run<boolean> {
  try {
    yield* client.call((s, ns) => s.tasks.get(ns, id))
    return true
  } catch (error) {
    if (!isGrpc(error, 'NotFound')) throw error
    return false
  }
}

/** The FIFOs that a task's streams went through, and their directory where nothing else is in it (container.go attachExistingIO). */
function removeFifos(sys: Sys, paths: readonly string[]): void {
  try {
    for (const path of paths.filter((each) => exists(sys, each) && sys.stat(each).kind === 'fifo')) sys.unlink(path)
    for (const path of new Set(paths.filter((each) => each.startsWith('/')).map((each) => each.slice(0, each.lastIndexOf('/'))))) sys.rmdir(path)
  } catch (error) {
    if (!isErrno(error)) throw error
  }
}

/** Removes a container that has no task, and with `clean` its snapshot. */
export function* deleteContainer(client: Client, container: Container, snapshot: 'keep' | 'clean'): Run {
  if (yield* hasTask(client, container.ID)) throw new Failure(`cannot delete running task ${container.ID}: failed precondition`)
  if (snapshot === 'clean' && container.SnapshotKey !== '') {
    try {
      yield* client.call((s, ns) => s.snapshots.remove(ns, container.Snapshotter || 'overlayfs', container.SnapshotKey))
    } catch (error) {
      if (!isGrpc(error, 'NotFound')) throw error
    }
  }
  yield* client.call((s, ns) => s.containers.delete(ns, container.ID))
}

/** task.Delete of the Go client: it looks at the state itself, before the server does. */
export function* deleteTask(client: Client, id: string): Run<DeleteResponse> {
  const { status, stdin, stdout, stderr } = yield* client.call((s, ns) => s.tasks.get(ns, id))
  if (status !== 'STOPPED' && status !== 'UNKNOWN') {
    throw new Failure(`task must be stopped before deletion: ${status.toLowerCase()}: failed precondition`)
  }
  const deleted = yield* client.call((s, ns) => s.tasks.delete(ns, id))
  removeFifos(client.sys, [stdin, stdout, stderr])
  return deleted
}
