/** /etc/containerd/config.toml as far as the CRI plugin reads it (pkg/cri/config): tables of simple values. */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { DEBIAN, type Release } from '../release'
import type { Any } from '../services'
import { optionsMessage } from '../shim/options'
import { readOrEmpty } from '../runc/cgroups'

type Value = string | number | boolean
type Tables = ReadonlyMap<string, ReadonlyMap<string, Value>>

export interface CriConfig {
  /** As RuntimeConfig tells it. */
  readonly cgroupDriver: 'SYSTEMD' | 'CGROUPFS'
  readonly sandboxImage: string
  readonly restrictOomScoreAdj: boolean
  readonly defaultRuntime: string
  /** Names of the runtimes that are configured. */
  readonly runtimes: readonly string[]
  /** What a container gets along for its shim. */
  readonly runtimeOptions: Any | null
  /** All that the file says, by table. */
  readonly tables: Tables
}

const FILE = '/etc/containerd/config.toml'
const PLUGIN = 'plugins."io.containerd.grpc.v1.cri"'
const IMAGES_V3 = 'plugins."io.containerd.cri.v1.images"'
const RUNTIME_V3 = 'plugins."io.containerd.cri.v1.runtime"'

export function* readConfig(sys: Sys, release?: Release): Run<CriConfig> {
  const tables = parseToml((yield* readOrEmpty(sys, FILE)) ?? '')
  const own = tables.get(PLUGIN)
  const runc = release?.line === '2' ? `${RUNTIME_V3}.containerd.runtimes.runc` : `${PLUGIN}.containerd.runtimes.runc`
  return {
    runtimeOptions: optionsOf(tables, runc, release),
    cgroupDriver: tables.get(`${runc}.options`)?.get('SystemdCgroup') === true ? 'SYSTEMD' : 'CGROUPFS',
    // Version 3 of the file (containerd 2) names it among the pinned images.
    sandboxImage: String(own?.get('sandbox_image') ?? tables.get(`${IMAGES_V3}.pinned_images`)?.get('sandbox') ?? release?.sandboxImage ?? 'registry.k8s.io/pause:3.6'),
    restrictOomScoreAdj: (own ?? tables.get(RUNTIME_V3))?.get('restrict_oom_score_adj') === true,
    defaultRuntime: String((tables.get(`${PLUGIN}.containerd`) ?? tables.get(`${RUNTIME_V3}.containerd`))?.get('default_runtime_name') ?? 'runc'),
    // What the file says is laid over the defaults, which have runc.
    runtimes: [...new Set(['runc', ...[...tables.keys()].flatMap((name) => /\.containerd\.runtimes\."?([^."]+)/.exec(name)?.[1] ?? [])])],
    tables,
  }
}

/** Those of the file, where it names the runtime; the default's are there but empty. In 2.x what the file says is laid over the default. */
function optionsOf(tables: Tables, runtime: string, release: Release = DEBIAN): Any | null {
  const said = tables.get(`${runtime}.options`)
  if (said === undefined && tables.has(runtime) && release.line !== '2') return null
  return optionsMessage({
    binary_name: String(said?.get('BinaryName') ?? ''), root: String(said?.get('Root') ?? ''), no_pivot_root: said?.get('NoPivotRoot') === true, systemd_cgroup: said?.get('SystemdCgroup') === true,
  })
}

/** Tables with the simple values in them, by the table's name as it is written. */
export function parseToml(text: string): Tables {
  const tables = new Map<string, Map<string, Value>>()
  let current = new Map<string, Value>()
  tables.set('', current)
  for (const line of text.split('\n')) {
    const head = /^\s*\[([^[\]]+)\]\s*(?:#.*)?$/.exec(line)
    if (head) {
      const name = (head[1] ?? '').trim().replaceAll("'", '"')
      current = tables.get(name) ?? new Map<string, Value>()
      tables.set(name, current)
      continue
    }
    const pair = /^\s*([A-Za-z0-9_.-]+|"[^"]*")\s*=\s*("(?:[^"\\]|\\.)*"|'[^']*'|true|false|-?\d+)\s*(?:#.*)?$/.exec(line)
    if (pair) current.set((pair[1] ?? '').replaceAll('"', ''), simple(pair[2] ?? ''))
  }
  return tables
}

const simple = (text: string): Value => {
  if (text.startsWith('"')) return text.slice(1, -1).replaceAll('\\"', '"').replaceAll('\\\\', '\\')
  if (text.startsWith("'")) return text.slice(1, -1)
  return text === 'true' || text === 'false' ? text === 'true' : Number(text)
}

/** `restrict_oom_score_adj`: not below the daemon's own. */
export function* oomScore(sys: Sys, config: CriConfig, wanted: number): Run<number> {
  if (!config.restrictOomScoreAdj) return wanted
  const own = Number((yield* readOrEmpty(sys, '/proc/self/oom_score_adj'))?.trim() ?? 0)
  return Math.max(own, wanted)
}

/** The plugin's settings as JSON shows them (`crictl info`): the defaults of version 1.6 with what the file says. */
export function shownConfig({ tables }: CriConfig): object {
  const from = (table: string) => (key: string, otherwise: Value): Value => tables.get(table === '' ? PLUGIN : `${PLUGIN}.${table}`)?.get(key) ?? otherwise
  const own = from('')
  const containerd = from('containerd')
  const cni = from('cni')
  const registry = from('registry')
  const prefix = `${PLUGIN}.containerd.runtimes.`
  const named = [...tables.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length).split('.')[0] ?? '')
  const runtimes = Object.fromEntries([...new Set(named.length > 0 ? named : ['runc'])].sort().map((name) => [name, runtimeOf(tables, `${prefix}${name}`, named.length > 0 ? 'written' : 'default')]))
  const root = String(tables.get('')?.get('root') ?? '/var/lib/containerd')
  const state = String(tables.get('')?.get('state') ?? '/run/containerd')
  return {
    containerd: {
      snapshotter: containerd('snapshotter', 'overlayfs'), defaultRuntimeName: containerd('default_runtime_name', 'runc'), defaultRuntime: NO_RUNTIME, untrustedWorkloadRuntime: NO_RUNTIME, runtimes,
      noPivot: containerd('no_pivot', false), disableSnapshotAnnotations: containerd('disable_snapshot_annotations', true), discardUnpackedLayers: containerd('discard_unpacked_layers', false),
      ignoreRdtNotEnabledErrors: containerd('ignore_rdt_not_enabled_errors', false),
    },
    cni: {
      binDir: cni('bin_dir', '/opt/cni/bin'), confDir: cni('conf_dir', '/etc/cni/net.d'), maxConfNum: cni('max_conf_num', 1), confTemplate: cni('conf_template', ''), ipPref: cni('ip_pref', ''),
    },
    registry: { configPath: registry('config_path', ''), mirrors: null, configs: null, auths: null, headers: null },
    imageDecryption: { keyModel: from('image_decryption')('key_model', 'node') },
    disableTCPService: own('disable_tcp_service', true), streamServerAddress: own('stream_server_address', '127.0.0.1'), streamServerPort: own('stream_server_port', '0'),
    streamIdleTimeout: own('stream_idle_timeout', '4h0m0s'), enableSelinux: own('enable_selinux', false), selinuxCategoryRange: own('selinux_category_range', 1024),
    sandboxImage: own('sandbox_image', 'registry.k8s.io/pause:3.6'), statsCollectPeriod: own('stats_collect_period', 10), systemdCgroup: own('systemd_cgroup', false),
    enableTLSStreaming: own('enable_tls_streaming', false), x509KeyPairStreaming: { tlsCertFile: '', tlsKeyFile: '' }, maxContainerLogSize: own('max_container_log_line_size', 16_384),
    disableCgroup: own('disable_cgroup', false), disableApparmor: own('disable_apparmor', false), restrictOOMScoreAdj: own('restrict_oom_score_adj', false),
    maxConcurrentDownloads: own('max_concurrent_downloads', 3), disableProcMount: own('disable_proc_mount', false), unsetSeccompProfile: own('unset_seccomp_profile', ''),
    tolerateMissingHugetlbController: own('tolerate_missing_hugetlb_controller', true), disableHugetlbController: own('disable_hugetlb_controller', true),
    device_ownership_from_security_context: own('device_ownership_from_security_context', false), ignoreImageDefinedVolumes: own('ignore_image_defined_volumes', false),
    netnsMountsUnderStateDir: own('netns_mounts_under_state_dir', false), enableUnprivilegedPorts: own('enable_unprivileged_ports', false), enableUnprivilegedICMP: own('enable_unprivileged_icmp', false),
    containerdRootDir: root, containerdEndpoint: String(tables.get('grpc')?.get('address') ?? '/run/containerd/containerd.sock'),
    rootDir: `${root}/io.containerd.grpc.v1.cri`, stateDir: `${state}/io.containerd.grpc.v1.cri`,
  }
}

const NO_RUNTIME = {
  runtimeType: '', runtimePath: '', runtimeEngine: '', PodAnnotations: null, ContainerAnnotations: null, runtimeRoot: '', options: null, privileged_without_host_devices: false,
  baseRuntimeSpec: '', cniConfDir: '', cniMaxConfNum: 0,
}

const RUNC_OPTIONS = {
  BinaryName: '', CriuImagePath: '', CriuPath: '', CriuWorkPath: '', IoGid: 0, IoUid: 0, NoNewKeyring: false, NoPivotRoot: false, Root: '', ShimCgroup: '', SystemdCgroup: false,
}

/** A runtime that the file names replaces the built-in one whole. */
function runtimeOf(tables: Tables, table: string, origin: 'written' | 'default'): object {
  if (origin === 'default') return { ...NO_RUNTIME, runtimeType: 'io.containerd.runc.v2', options: RUNC_OPTIONS }
  const own = tables.get(table)
  const options = tables.get(`${table}.options`)
  return {
    ...NO_RUNTIME, runtimeType: own?.get('runtime_type') ?? '', runtimePath: own?.get('runtime_path') ?? '', runtimeEngine: own?.get('runtime_engine') ?? '', runtimeRoot: own?.get('runtime_root') ?? '',
    options: options === undefined ? null : Object.fromEntries([...options].sort(([a], [b]) => (a < b ? -1 : 1))),
    privileged_without_host_devices: own?.get('privileged_without_host_devices') ?? false, baseRuntimeSpec: own?.get('base_runtime_spec') ?? '',
  }
}
