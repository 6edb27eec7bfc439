/** What is configured and what components keep of each other, in tables (printConfigMap and those beside it). Recordings: golden volumes, cluster-overview. */
import type { ApiObject, ConfigMap, Endpoints, Secret, ServiceAccount } from '../../../../kubernetes/api/objects'
import { endpointsText } from '../endpoints'
import { sinceTime } from '../table'
import { none, type Printer } from './printer'

const size = (record: object | undefined): number => Object.keys(record ?? {}).length

export const configMap: Printer = {
  columns: ['NAME', 'DATA', 'AGE'],
  wide: [],
  row(object, now) {
    const { metadata, data, binaryData } = object as ConfigMap
    return { cells: [metadata.name, String(size(data) + size(binaryData)), sinceTime(now, metadata.creationTimestamp)], wide: [] }
  },
}

export const secret: Printer = {
  columns: ['NAME', 'TYPE', 'DATA', 'AGE'],
  wide: [],
  row(object, now) {
    const { metadata, type, data } = object as Secret
    return { cells: [metadata.name, type, String(size(data)), sinceTime(now, metadata.creationTimestamp)], wide: [] }
  },
}

export const serviceAccount: Printer = {
  columns: ['NAME', 'SECRETS', 'AGE'],
  wide: [],
  row(object, now) {
    const { metadata, secrets = [] } = object as ServiceAccount
    return { cells: [metadata.name, String(secrets.length), sinceTime(now, metadata.creationTimestamp)], wide: [] }
  },
}

export const endpoints: Printer = {
  columns: ['NAME', 'ENDPOINTS', 'AGE'],
  wide: [],
  row(object, now) {
    const { metadata, subsets } = object as Endpoints
    return { cells: [metadata.name, endpointsText(subsets), sinceTime(now, metadata.creationTimestamp)], wide: [] }
  },
}

export const priorityClass: Printer = {
  columns: ['NAME', 'VALUE', 'GLOBAL-DEFAULT', 'AGE'],
  wide: [],
  row(object, now) {
    const { metadata, value, globalDefault = false } = object as ApiObject & { value: number; globalDefault?: boolean }
    return { cells: [metadata.name, String(value), String(globalDefault), sinceTime(now, metadata.creationTimestamp)], wide: [] }
  },
}

export const lease: Printer = {
  columns: ['NAME', 'HOLDER', 'AGE'],
  wide: [],
  row(object, now) {
    const { metadata, spec } = object as ApiObject & { spec: { holderIdentity?: string } }
    return { cells: [metadata.name, spec.holderIdentity ?? '', sinceTime(now, metadata.creationTimestamp)], wide: [] }
  },
}

export const componentStatus: Printer = {
  columns: ['NAME', 'STATUS', 'MESSAGE', 'ERROR'],
  wide: [],
  row(object) {
    const { metadata, conditions = [] } = object as ApiObject & { conditions?: { type: string; status: string; message?: string; error?: string }[] }
    const health = conditions.find(({ type }) => type === 'Healthy')
    return { cells: [metadata.name, health ? (health.status === 'True' ? 'Healthy' : 'Unhealthy') : 'Unknown', none(health?.message).replace('<none>', ''), health?.error ?? ''], wide: [] }
  },
}
