/** kubectl describe pod (pkg/describe/describe.go describePod and what it calls). */
import type { Container, ContainerState, ContainerStatus, EnvFrom, EventObject, Json, ObjectMeta, Pod, Probe, Toleration } from '../../../../kubernetes/api/objects'
import { quantity } from '../../../../kubernetes/kubelet/config'
import { sinceTime } from '../table'
import { annotations, describeEvents, Lines, longTime, multiline, orNone, yesNo } from './lines'

/** From here on the service account and the class of priority are told. */
const TELLS_ACCOUNT = 24

export function describePod(pod: Pod, events: readonly EventObject[], now: number, minor: number): string {
  const lines = new Lines()
  const { metadata, spec, status } = pod
  lines.put(0, `Name:\t${metadata.name}`)
  lines.put(0, `Namespace:\t${metadata.namespace ?? ''}`)
  if (spec.priority !== undefined) lines.put(0, `Priority:\t${spec.priority}`)
  if (spec.priorityClassName) lines.put(0, `Priority Class Name:\t${spec.priorityClassName}`)
  if (spec.serviceAccountName && minor >= TELLS_ACCOUNT) lines.put(0, `Service Account:\t${spec.serviceAccountName}`)
  lines.put(0, `Node:\t${spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : '<none>'}`)
  if (status.startTime) lines.put(0, `Start Time:\t${longTime(status.startTime)}`)
  multiline(lines, 'Labels', metadata.labels)
  annotations(lines, metadata.annotations)
  if (metadata.deletionTimestamp) {
    lines.put(0, `Status:\tTerminating (lasts ${sinceTime(now, metadata.deletionTimestamp)})`)
    lines.put(0, `Termination Grace Period:\t${metadata.deletionGracePeriodSeconds ?? 0}s`)
  } else lines.put(0, `Status:\t${status.phase ?? ''}`)
  if (status.reason) lines.put(0, `Reason:\t${status.reason}`)
  if (status.message) lines.put(0, `Message:\t${status.message}`)
  lines.put(0, `IP:\t${status.podIP ?? ''}`)
  if (!status.podIPs?.length) lines.put(0, 'IPs:\t<none>')
  else {
    lines.put(0, 'IPs:')
    for (const { ip } of status.podIPs) lines.put(1, `IP:\t${ip}`)
  }
  const owner = metadata.ownerReferences?.find((o) => o.controller)
  if (owner) lines.put(0, `Controlled By:\t${owner.kind}/${owner.name}`)
  if (spec.initContainers?.length) containers(lines, 'Init Containers', spec.initContainers, status.initContainerStatuses ?? [], '', metadata)
  containers(lines, 'Containers', spec.containers, status.containerStatuses ?? [], '', metadata)
  if (status.conditions?.length) {
    lines.put(0, 'Conditions:')
    lines.put(1, 'Type\tStatus')
    for (const condition of status.conditions) lines.put(1, `${condition.type} \t${condition.status} `)
  }
  volumes(lines, spec.volumes ?? [])
  lines.put(0, `QoS Class:\t${status.qosClass ?? ''}`)
  multiline(lines, 'Node-Selectors', spec.nodeSelector)
  tolerations(lines, spec.tolerations ?? [])
  describeEvents(lines, events, now)
  return lines.toString()
}

/** `space`: before the title, two blanks in a template of pods; names then stand one further in. */
export function containers(lines: Lines, title: string, all: readonly Container[], statuses: readonly ContainerStatus[], space: '' | '  ' = '', metadata?: ObjectMeta): void {
  lines.put(0, `${space}${title}:${all.length === 0 ? '\t<none>' : ''}`)
  for (const container of all) {
    const status = statuses.find((s) => s.name === container.name)
    lines.put(1, `${space.slice(1)}${container.name}:`)
    if (status) lines.put(2, `Container ID:\t${status.containerID ?? ''}`)
    lines.put(2, `Image:\t${container.image}`)
    if (status) lines.put(2, `Image ID:\t${status.imageID}`)
    const ports = (container.ports ?? []).map((p) => `${p.containerPort}/${p.protocol ?? 'TCP'}`).join(', ')
    const hostPorts = (container.ports ?? []).map((p) => `${p.hostPort ?? 0}/${p.protocol ?? 'TCP'}`).join(', ')
    lines.put(2, ports.includes(',') ? `Ports:\t${ports}` : `Port:\t${orNone(ports)}`)
    lines.put(2, hostPorts.includes(',') ? `Host Ports:\t${hostPorts}` : `Host Port:\t${orNone(hostPorts)}`)
    for (const [name, words] of [['Command', container.command], ['Args', container.args]] as const) {
      if (!words?.length) continue
      lines.put(2, `${name}:`)
      for (const word of words) for (const line of word.split('\n')) lines.put(3, line)
    }
    if (status) {
      state(lines, 'State', status.state)
      if (status.lastState.terminated) state(lines, 'Last State', status.lastState)
      lines.put(2, `Ready:\t${yesNo(status.ready)}`)
      lines.put(2, `Restart Count:\t${status.restartCount}`)
    }
    for (const [name, amounts] of [['Limits', container.resources?.limits], ['Requests', container.resources?.requests]] as const) {
      if (!amounts || Object.keys(amounts).length === 0) continue
      lines.put(2, `${name}:`)
      for (const key of Object.keys(amounts).sort()) lines.put(3, `${key}:\t${amounts[key]}`)
    }
    for (const [name, probe] of [['Liveness', container.livenessProbe], ['Readiness', container.readinessProbe], ['Startup', container.startupProbe]] as const) if (probe) lines.put(2, `${name}:\t${probeText(probe)}`)
    environmentFrom(lines, container.envFrom ?? [])
    environment(lines, container, metadata)
    mounts(lines, container)
  }
}

function state(lines: Lines, title: string, { running, waiting, terminated }: ContainerState): void {
  if (running) {
    lines.put(2, `${title}:\tRunning`)
    lines.put(3, `Started:\t${longTime(running.startedAt)}`)
  } else if (terminated) {
    lines.put(2, `${title}:\tTerminated`)
    if (terminated.reason) lines.put(3, `Reason:\t${terminated.reason}`)
    if (terminated.message) lines.put(3, `Message:\t${terminated.message}`)
    lines.put(3, `Exit Code:\t${terminated.exitCode}`)
    if (terminated.signal) lines.put(3, `Signal:\t${terminated.signal}`)
    lines.put(3, `Started:\t${longTime(terminated.startedAt)}`)
    lines.put(3, `Finished:\t${longTime(terminated.finishedAt)}`)
  } else {
    lines.put(2, `${title}:\tWaiting`)
    if (waiting?.reason) lines.put(3, `Reason:\t${waiting.reason}`)
  }
}

/** DescribeProbe. */
function probeText(probe: Probe): string {
  const attrs = `delay=${probe.initialDelaySeconds ?? 0}s timeout=${probe.timeoutSeconds ?? 0}s period=${probe.periodSeconds ?? 0}s #success=${probe.successThreshold ?? 0} #failure=${probe.failureThreshold ?? 0}`
  const { exec, httpGet, tcpSocket } = probe
  if (exec) return `exec [${exec.command.join(' ')}] ${attrs}`
  if (httpGet) return `http-get ${(httpGet.scheme ?? 'HTTP').toLowerCase()}://${httpGet.host ?? ''}:${httpGet.port}${httpGet.path ?? ''} ${attrs}`
  return tcpSocket ? `tcp-socket ${tcpSocket.host ?? ''}:${tcpSocket.port} ${attrs}` : `unknown ${attrs}`
}

function environmentFrom(lines: Lines, all: readonly EnvFrom[]): void {
  if (all.length > 0) lines.put(2, 'Environment Variables from:')
  for (const { prefix, configMapRef, secretRef } of all) {
    const from = configMapRef ?? secretRef
    lines.put(3, `${from?.name ?? ''}\t${configMapRef ? 'ConfigMap' : secretRef ? 'Secret' : ''}${prefix ? ` with prefix '${prefix}'` : ''}\tOptional: ${from?.optional ?? false}`)
  }
}

/** The fields of a pod that its description can fill in itself. */
const fieldOf = (path: string, metadata: ObjectMeta | undefined): string =>
  ({ 'metadata.name': metadata?.name, 'metadata.namespace': metadata?.namespace, 'metadata.uid': metadata?.uid })[path] ?? ''

/** What a container may have at most, or is promised, as a number of units (resource.ExtractContainerResourceValue). */
function resourceText({ resources }: Container, resource: string, divisor = '1'): string {
  const [kind = '', name = ''] = resource.split('.', 2)
  const amount = quantity((kind === 'limits' ? resources?.limits : resources?.requests)?.[name])
  return String(Math.ceil(amount / (quantity(divisor) || 1)))
}

function environment(lines: Lines, container: Container, metadata: ObjectMeta | undefined): void {
  const all = container.env ?? []
  lines.put(2, `Environment:${all.length === 0 ? '\t<none>' : ''}`)
  for (const { name, value, valueFrom } of all) {
    const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = valueFrom ?? {}
    if (fieldRef) lines.put(3, `${name}:\t${fieldOf(fieldRef.fieldPath, metadata)} (${fieldRef.apiVersion ?? 'v1'}:${fieldRef.fieldPath})`)
    else if (resourceFieldRef) lines.put(3, `${name}:\t${resourceText(container, resourceFieldRef.resource, resourceFieldRef.divisor)} (${resourceFieldRef.resource})`)
    else if (secretKeyRef) lines.put(3, `${name}:\t<set to the key '${secretKeyRef.key}' in secret '${secretKeyRef.name}'>\tOptional: ${secretKeyRef.optional ?? false}`)
    else if (configMapKeyRef) lines.put(3, `${name}:\t<set to the key '${configMapKeyRef.key}' of config map '${configMapKeyRef.name}'>\tOptional: ${configMapKeyRef.optional ?? false}`)
    else for (const [i, line] of (value ?? '').split('\n').entries()) lines.put(3, `${i === 0 ? `${name}:` : ''}\t${line}`)
  }
}

function mounts(lines: Lines, { volumeMounts = [] }: Container): void {
  lines.put(2, `Mounts:${volumeMounts.length === 0 ? '\t<none>' : ''}`)
  for (const mount of [...volumeMounts].sort((a, b) => (a.mountPath < b.mountPath ? -1 : 1))) {
    const flags = [mount.readOnly ? 'ro' : 'rw', ...(mount.subPath ? [`path="${mount.subPath}"`] : [])].join(',')
    lines.put(3, `${mount.mountPath} from ${mount.name} (${flags})`)
  }
}

const field = (value: Json | undefined, name: string): Json | undefined => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value[name] : undefined)
const text = (value: Json | undefined, otherwise = ''): string => (value === undefined || value === null ? otherwise : String(value))

export function volumes(lines: Lines, all: NonNullable<Pod['spec']['volumes']>, space: '' | '  ' = ''): void {
  lines.put(0, `${space}Volumes:${all.length === 0 ? '\t<none>' : ''}`)
  for (const volume of all) {
    lines.put(1, `${space.slice(1)}${volume.name}:`)
    const line = (name: string, value: string): void => lines.put(2, `${name}:\t${value}`)
    if (volume.emptyDir !== undefined) {
      line('Type', "EmptyDir (a temporary directory that shares a pod's lifetime)")
      line('Medium', text(field(volume.emptyDir, 'medium')))
      line('SizeLimit', text(field(volume.emptyDir, 'sizeLimit'), '<unset>'))
    } else if (volume.hostPath !== undefined) {
      line('Type', 'HostPath (bare host directory volume)')
      line('Path', text(field(volume.hostPath, 'path')))
      line('HostPathType', text(field(volume.hostPath, 'type')))
    } else if (volume.configMap !== undefined) {
      line('Type', 'ConfigMap (a volume populated by a ConfigMap)')
      line('Name', text(field(volume.configMap, 'name')))
      line('Optional', text(field(volume.configMap, 'optional'), 'false'))
    } else if (volume.secret !== undefined) {
      line('Type', 'Secret (a volume populated by a Secret)')
      line('SecretName', text(field(volume.secret, 'secretName')))
      line('Optional', text(field(volume.secret, 'optional'), 'false'))
    } else if (volume.projected !== undefined) {
      line('Type', 'Projected (a volume that contains injected data from multiple sources)')
      const sources = field(volume.projected, 'sources')
      for (const source of Array.isArray(sources) ? sources : []) projected(source, line)
    } else line('Type', '<unknown>')
  }
}

function projected(source: Json, line: (name: string, value: string) => void): void {
  const token = field(source, 'serviceAccountToken')
  const configMap = field(source, 'configMap')
  const secret = field(source, 'secret')
  if (secret !== undefined) {
    line('SecretName', text(field(secret, 'name')))
    line('SecretOptionalName', text(field(secret, 'optional'), '<nil>'))
  } else if (field(source, 'downwardAPI') !== undefined) line('DownwardAPI', 'true')
  else if (configMap !== undefined) {
    line('ConfigMapName', text(field(configMap, 'name')))
    line('ConfigMapOptional', text(field(configMap, 'optional'), '<nil>'))
  } else if (token !== undefined) line('TokenExpirationSeconds', text(field(token, 'expirationSeconds')))
}

export function tolerations(lines: Lines, all: readonly Toleration[]): void {
  if (all.length === 0) return lines.put(0, 'Tolerations:\t<none>')
  const sorted = [...all].sort((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : (a.key ?? '') > (b.key ?? '') ? 1 : 0))
  for (const [i, t] of sorted.entries()) {
    const named = `${t.key ?? ''}${t.value ? `=${t.value}` : ''}${t.effect ? `:${t.effect}` : ''}`
    const exists = t.operator === 'Exists' && !t.value ? `${named === '' ? '' : ' '}op=Exists` : ''
    lines.put(0, `${i === 0 ? 'Tolerations:' : ''}\t${named}${exists}${t.tolerationSeconds === undefined ? '' : ` for ${t.tolerationSeconds}s`}`)
  }
}
