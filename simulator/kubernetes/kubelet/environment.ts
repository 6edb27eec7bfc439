/** The environment of a container (kubelet_pods.go makeEnvironmentVariables). */
import { fromBase64 } from '../../kernel/base64'
import { decode } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'
import { resourceOfKind } from '../api/kinds'
import type { ApiObject, ConfigMap, Container, EnvVar, KeyRef, Pod, Secret, Service } from '../api/objects'
import type { ApiServer } from '../api/server'
import { quantity } from './config'
import { expanded } from './expansion'

/** What a container is to have is not there. */
export class ConfigError extends Error {}

export interface Surroundings {
  readonly pod: Pod
  /** Of the pod, and of its node. */
  readonly ip: string
  readonly hostIP: string
  /** Objects as a kubelet knows them by its watches: at no cost. */
  find(kind: string, namespace: string, name: string): ApiObject | undefined
  readonly services: readonly Service[]
  /** Where the variables of services begin: Go ranges over a map. */
  readonly start: number
}

/** What a kubelet knows of the cluster. */
export function* surroundings(api: <T>(work: (server: ApiServer) => Run<T>) => Run<T>, given: { pod: Pod; ip: string; hostIP: string; start: number }): Run<Surroundings> {
  return yield* api(function* ({ store }) {
    const of = (kind: string) => resourceOfKind('v1', kind)
    const services = of('Service')
    return {
      ...given, services: services ? (store.list(services) as Service[]) : [],
      find(kind: string, namespace: string, name: string) {
        const resource = of(kind)
        return resource && store.has(resource, namespace, name) ? store.get(resource, namespace, name) : undefined
      },
    }
  })
}

export type Pair = { key: string; value: string }

/** Values of a ConfigMap or a Secret. */
export function valuesOf(object: ApiObject): Record<string, string> {
  if (object.kind === 'Secret') return Object.fromEntries(Object.entries((object as Secret).data ?? {}).map(([key, value]) => [key, decode(fromBase64(value))]))
  return { ...(object as ConfigMap).data }
}

/** Throws ConfigError. */
export function environmentOf(container: Container, around: Surroundings): Pair[] {
  const namespace = around.pod.metadata.namespace ?? 'default'
  const service = serviceVariables(around)
  const known = new Map<string, string>()
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    for (const [kind, from] of [['ConfigMap', configMapRef], ['Secret', secretRef]] as const) {
      if (!from) continue
      const object = around.find(kind, namespace, from.name)
      if (!object && !from.optional) throw new ConfigError(`${kind.toLowerCase()} "${from.name}" not found`)
      const values = object ? valuesOf(object) : {}
      for (const key of Object.keys(values).sort()) known.set(`${prefix}${key}`, values[key] ?? '')
    }
  }
  const outer = new Map(service.map(({ key, value }) => [key, value]))
  for (const variable of container.env ?? []) {
    const value = valueOf(variable, container, around)
    if (value !== undefined) known.set(variable.name, variable.valueFrom ? value : expanded(value, (name) => known.get(name) ?? outer.get(name)))
  }
  return [...[...known].map(([key, value]) => ({ key, value })), ...service.filter(({ key }) => !known.has(key))]
}

function valueOf({ value, valueFrom }: EnvVar, container: Container, around: Surroundings): string | undefined {
  if (!valueFrom) return value ?? ''
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = valueFrom
  if (fieldRef) return fieldOf(fieldRef.fieldPath, around)
  if (resourceFieldRef) {
    const [kind = '', name = ''] = resourceFieldRef.resource.split('.', 2)
    const { resources } = around.pod.spec.containers.find((c) => c.name === resourceFieldRef.containerName) ?? container
    return String(Math.ceil(quantity((kind === 'limits' ? resources?.limits : resources?.requests)?.[name]) / (quantity(resourceFieldRef.divisor) || 1)))
  }
  if (configMapKeyRef) return keyOf('ConfigMap', configMapKeyRef, around)
  return secretKeyRef ? keyOf('Secret', secretKeyRef, around) : ''
}

function keyOf(kind: 'ConfigMap' | 'Secret', { name, key, optional }: KeyRef, { find, pod }: Surroundings): string | undefined {
  const namespace = pod.metadata.namespace ?? 'default'
  const object = find(kind, namespace, name)
  const value = object && valuesOf(object)[key]
  if (value !== undefined) return value
  if (optional) return undefined
  throw new ConfigError(object ? `couldn't find key ${key} in ${kind} ${namespace}/${name}` : `${kind.toLowerCase()} "${name}" not found`)
}

/** A field of the pod (fieldpath, podFieldSelectorRuntimeValue). */
export function fieldOf(path: string, { pod: { metadata, spec }, ip, hostIP }: Pick<Surroundings, 'pod' | 'ip' | 'hostIP'>): string {
  const [, map = '', key = ''] = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path) ?? []
  if (map === 'labels') return metadata.labels?.[key] ?? ''
  if (map === 'annotations') return metadata.annotations?.[key] ?? ''
  const fields: Record<string, string | undefined> = {
    'metadata.name': metadata.name, 'metadata.namespace': metadata.namespace, 'metadata.uid': metadata.uid, 'spec.nodeName': spec.nodeName, 'spec.serviceAccountName': spec.serviceAccountName,
    'status.podIP': ip, 'status.podIPs': ip, 'status.hostIP': hostIP,
  }
  return fields[path] ?? ''
}

/** The variables that tell of services: the API server's, and those of the pod's namespace (envvars.FromServices). */
function serviceVariables({ pod, services, start }: Surroundings): Pair[] {
  const own = pod.spec.enableServiceLinks === false ? [] : services.filter(({ metadata, spec }) => metadata.namespace === pod.metadata.namespace && metadata.name !== 'kubernetes' && spec.clusterIP && spec.clusterIP !== 'None')
  const api = services.find(({ metadata }) => metadata.name === 'kubernetes' && metadata.namespace === 'default')
  const all = [...(api ? [api] : []), ...own].flatMap(variablesOf)
  return all.map((_, i): Pair => all[(i + start) % all.length] ?? { key: '', value: '' })
}

function variablesOf({ metadata, spec }: Service): Pair[] {
  const prefix = metadata.name.toUpperCase().replaceAll('-', '_')
  const host = spec.clusterIP ?? ''
  const [first] = spec.ports ?? []
  if (!first) return []
  const pair = (key: string, value: string): Pair => ({ key: `${prefix}_${key}`, value })
  const link = (port: { port: number; protocol?: string }): string => `${(port.protocol ?? 'TCP').toLowerCase()}://${host}:${port.port}`
  return [
    pair('SERVICE_HOST', host), pair('SERVICE_PORT', String(first.port)),
    ...(spec.ports ?? []).flatMap((p) => (p.name ? [pair(`SERVICE_PORT_${p.name.toUpperCase().replaceAll('-', '_')}`, String(p.port))] : [])),
    pair('PORT', link(first)),
    ...(spec.ports ?? []).flatMap((p) => {
      const protocol = (p.protocol ?? 'TCP').toLowerCase()
      const name = `PORT_${p.port}_${protocol.toUpperCase()}`
      return [pair(name, link(p)), pair(`${name}_PROTO`, protocol), pair(`${name}_PORT`, String(p.port)), pair(`${name}_ADDR`, host)]
    }),
  ]
}
