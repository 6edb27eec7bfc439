/** kubectl describe of ConfigMaps, Secrets, service accounts and endpoints (pkg/describe/describe.go). Recordings: golden volumes, cluster-overview. */
import { fromBase64 } from '../../../../kernel/base64'
import { decode } from '../../../../kernel/bytes'
import type { ApiObject, ConfigMap, EndpointSubset, Endpoints, EventObject, Secret, ServiceAccount } from '../../../../kubernetes/api/objects'
import { annotations, describeEvents, Lines, multiline, orNone } from './lines'

/** From here on what is binary has a part of its own. */
const TELLS_BINARY = 23
const TOKEN_TYPE = 'kubernetes.io/service-account-token'

function head(lines: Lines, { metadata }: ApiObject): void {
  lines.put(0, `Name:\t${metadata.name}`)
  if (metadata.namespace !== undefined) lines.put(0, `Namespace:\t${metadata.namespace}`)
  multiline(lines, 'Labels', metadata.labels)
  annotations(lines, metadata.annotations)
}

export function describeConfigMap(map: ConfigMap, events: readonly EventObject[], now: number, minor: number): string {
  const lines = new Lines()
  head(lines, map)
  lines.put(0, '\nData\n====')
  for (const key of Object.keys(map.data ?? {}).sort()) lines.put(0, `${key}:\n----\n${map.data?.[key] ?? ''}${minor >= GAPS ? '\n' : ''}`)
  if (minor >= TELLS_BINARY) {
    lines.put(0, '\nBinaryData\n====')
    for (const key of Object.keys(map.binaryData ?? {}).sort()) lines.put(0, `${key}: ${fromBase64(map.binaryData?.[key] ?? '').length} bytes`)
    lines.put(0, '')
  }
  describeEvents(lines, events, now)
  return lines.toString()
}

/** From here on a blank line follows each value. */
const GAPS = 28

export function describeSecret(secret: Secret): string {
  const lines = new Lines()
  head(lines, secret)
  lines.put(0, `\nType:\t${secret.type}\n\nData\n====`)
  for (const key of Object.keys(secret.data ?? {}).sort()) {
    const bytes = fromBase64(secret.data?.[key] ?? '')
    lines.put(0, key === 'token' && secret.type === TOKEN_TYPE ? `${key}:\t${decode(bytes)}` : `${key}:\t${bytes.length} bytes`)
  }
  return lines.toString()
}

/** `tokens`: names of the secrets that hold tokens of the account. */
export function describeServiceAccount(account: ServiceAccount, tokens: readonly string[], events: readonly EventObject[], now: number): string {
  const lines = new Lines()
  head(lines, account)
  const list = (title: string, names: readonly string[]): void => {
    for (const [i, name] of (names.length > 0 ? names : ['<none>']).entries()) lines.put(0, `${i === 0 ? `${title}:` : ''}\t${name}`)
  }
  list('Image pull secrets', (account.imagePullSecrets ?? []).map(({ name }) => name))
  list('Mountable secrets', (account.secrets ?? []).map(({ name }) => name))
  list('Tokens', tokens)
  describeEvents(lines, events, now)
  return lines.toString()
}

export function describeEndpoints(endpoints: Endpoints, events: readonly EventObject[], now: number): string {
  const lines = new Lines()
  head(lines, endpoints)
  lines.put(0, 'Subsets:')
  const ips = (all: EndpointSubset['addresses']): string => orNone((all ?? []).map(({ ip }) => ip).join(','))
  for (const { addresses, notReadyAddresses, ports = [] } of endpoints.subsets ?? []) {
    lines.put(1, `Addresses:\t${ips(addresses)}`)
    lines.put(1, `NotReadyAddresses:\t${ips(notReadyAddresses)}`)
    if (ports.length > 0) {
      lines.put(1, 'Ports:')
      lines.put(2, 'Name\tPort\tProtocol')
      lines.put(2, '----\t----\t--------')
      for (const { name, port, protocol } of ports) lines.put(2, `${name ?? '<unset>'}\t${port}\t${protocol}`)
    }
    lines.put(0, '')
  }
  describeEvents(lines, events, now)
  return lines.toString()
}
