/** What the commands below `kubectl create service` share (pkg/cmd/create/create_service.go). */
import type { Run } from '../../../kernel/run'
import { type Context, Refused } from './command'
import { makeOrShow, newMeta, newObject, oneName } from './generated'

type ServicePort = { name: string; protocol: string; port: number; targetPort: number | string }

/** `--tcp PORT[:TARGET]`. */
function portsOf({ flags }: Context): ServicePort[] {
  return flags.all('tcp').flatMap((text) => text.split(',')).map((text) => {
    const [port = '', target = port, ...more] = text.split(':')
    if (!/^\d+$/.test(port) || more.length > 0) throw new Refused(`error: strconv.ParseInt: parsing ${JSON.stringify(port)}: invalid syntax`)
    return { name: text.replace(':', '-'), protocol: 'TCP', port: Number(port), targetPort: /^\d+$/.test(target) ? Number(target) : target }
  })
}

export interface Kind {
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName'
  readonly clusterIP?: string
  readonly externalName?: string
  readonly nodePort?: number
}

export function* createService(context: Context, { type, clusterIP = '', externalName, nodePort = 0 }: Kind): Run<number> {
  const name = oneName(context)
  const ports = portsOf(context).map((port) => (nodePort > 0 ? { ...port, nodePort } : port))
  const labels = { app: name }
  if (ports.length === 0 && clusterIP !== 'None' && type !== 'ExternalName') throw new Refused('error: at least one tcp port specifier must be provided')
  const spec = { ...(ports.length > 0 ? { ports } : {}), selector: labels, ...(clusterIP === '' ? {} : { clusterIP }), type, ...(externalName === undefined ? {} : { externalName }) }
  return yield* makeOrShow(context, newObject('v1', 'Service', newMeta(context, name, labels), { spec, status: { loadBalancer: {} } }), `${type} service`)
}
