/** The runtime's own condition (pkg/cri/server status.go, version.go, cni_conf_syncer.go). */
import { readConfig, shownConfig } from './config'
import { GrpcError } from '../grpc'
import type { CriContext } from './context'
import type { RuntimeService } from './services'
import { LOOPBACK_CONFLIST } from '../../cni/invoke'
import { CONF_DIR, loadNetwork } from '../gocni'

/** How other releases show their configuration is not known here; they leave it out. */
const WITH_KNOWN_CONFIG = '1.0.2-dev'
const BIN_DIR = '/opt/cni/bin'

export function statusCalls({ sys, release }: CriContext): Pick<RuntimeService, 'version' | 'status' | 'updateRuntimeConfig' | 'runtimeConfig' | 'listPodSandboxMetrics'> {
  return {
    *version() {
      return { version: '0.1.0', runtimeName: 'containerd', runtimeVersion: release.version, runtimeApiVersion: 'v1' }
    },
    *status({ verbose = false } = {}) {
      const network = yield* loadNetwork(sys)
      const ready = { status: true, reason: '', message: '' }
      const conditions = [
        { type: 'RuntimeReady', ...ready },
        { type: 'NetworkReady', ...ready, ...(network.kind === 'failed' ? { status: false, reason: 'NetworkPluginNotReady', message: 'Network plugin returns error: cni plugin not initialized' } : {}) },
        ...(release.line === '1.6' ? [] : [{ type: 'ContainerdHasNoDeprecationWarnings', ...ready }]),
      ]
      if (!verbose) return { conditions, info: {} }
      const load = network.kind === 'failed' ? `cni config load failed: ${network.why}: failed to load cni config` : 'OK'
      const info = {
        golang: JSON.stringify(release.go), lastCNILoadStatus: load, 'lastCNILoadStatus.default': load, ...(release.oci === WITH_KNOWN_CONFIG ? { config: JSON.stringify(shownConfig(yield* readConfig(sys))) } : {}),
        cniconfig: JSON.stringify({
          PluginDirs: [BIN_DIR], PluginConfDir: CONF_DIR, PluginMaxConfNum: 1, Prefix: 'eth',
          Networks: [...networkOf(LOOPBACK_CONFLIST, 'lo'), ...(network.kind === 'failed' ? [] : networkOf(network.conflist, 'eth0'))],
        }),
      }
      return { conditions, info }
    },
    *updateRuntimeConfig() {},
    *runtimeConfig() {
      if (release.line !== '2') throw unknownMethod('RuntimeConfig')
      return { cgroupDriver: (yield* readConfig(sys, release)).cgroupDriver }
    },
    *listPodSandboxMetrics() {
      if (release.line === '1.6') throw unknownMethod('ListPodSandboxMetrics')
      if (release.line === '1.7') throw new GrpcError('Unimplemented', 'method ListPodSandboxMetrics not implemented')
    },
  }
}

/** What gRPC says of a method that the server was built without. */
const unknownMethod = (name: string): GrpcError => new GrpcError('Unimplemented', `unknown method ${name} for service runtime.v1.RuntimeService`)

/** A configuration list as libcni keeps it: each plugin with what it understands, and its own text with the keys in order. */
function networkOf(source: string, ifName: string): object[] {
  let list: unknown
  try {
    list = JSON.parse(source)
  } catch {
    return []
  }
  if (typeof list !== 'object' || list === null) return []
  const { name = '', cniVersion = '', plugins = [] }: { name?: unknown; cniVersion?: unknown; plugins?: unknown } = list
  return [{ Config: { Name: name, CNIVersion: cniVersion, Plugins: (Array.isArray(plugins) ? plugins : []).map(pluginOf), Source: source }, IFName: ifName }]
}

function pluginOf(plugin: unknown): object {
  const of = (value: unknown, key: string): unknown => (typeof value === 'object' && value !== null ? Object.entries(value).find(([k]) => k === key)?.[1] : undefined)
  const capabilities = of(plugin, 'capabilities')
  const ipam = of(of(plugin, 'ipam'), 'type')
  return {
    Network: { ...text('cniVersion'), ...text('name'), type: of(plugin, 'type'), ...(capabilities === undefined ? {} : { capabilities }), ipam: ipam === undefined ? {} : { type: ipam }, dns: of(plugin, 'dns') ?? {} },
    Source: JSON.stringify(sorted(plugin)),
  }
  function text(key: string): object {
    const value = of(plugin, key)
    return value === undefined ? {} : { [key]: value }
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]))
}
