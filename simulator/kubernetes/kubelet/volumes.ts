/** The directories and files of a pod on its node, under /var/lib/kubelet/pods/UID. */
import { exists, makeDirectories } from '../../containerd/files'
import { encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import type { Container, Pod } from '../api/objects'
import { fieldOf, type Surroundings, valuesOf } from './environment'
import { domainOf, hostnameOf, logDirectory, podDirectory } from './config'
import { type PayloadFile, writePayload } from './payload'

/** The header that the kubelet writes on a pod's /etc/hosts. */
const HOSTS = '# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n'

type Volume = NonNullable<Pod['spec']['volumes']>[number]

/** A volume that cannot be set up. */
export class VolumeError extends Error {
  volume = ''
}

/** Directories, volumes and logs, before the sandbox exists. Throws VolumeError. */
export function* preparePod(sys: Sys, around: Pick<Surroundings, 'pod' | 'find' | 'ip' | 'hostIP'>): Run {
  const { pod } = around
  makeDirectories(sys, `${podDirectory(pod)}/containers`)
  makeDirectories(sys, logDirectory(pod))
  for (const volume of pod.spec.volumes ?? []) {
    const path = volumePath(pod, volume)
    if (!path || volume.hostPath || exists(sys, path)) continue
    const files = filesOf(volume, around)
    makeDirectories(sys, path)
    if (inMemory(volume)) sys.mount('tmpfs', path, 'tmpfs', '')
    sys.chmod(path, inMemory(volume) ? STICKY : OPEN)
    if (files) yield* writePayload(sys, path, files)
  }
}

/** Directories of volumes are everybody's; a tmpfs has the sticky bit besides. */
const OPEN = 0o777
const STICKY = 0o1777

const field = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined)

/** Secrets, and what has tokens in it, never lie on a disk. */
const inMemory = (volume: Volume): boolean => volume.secret !== undefined || volume.projected !== undefined || volume.downwardAPI !== undefined || field(volume.emptyDir, 'medium') === 'Memory'

const DEFAULT_MODE = 0o644
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n'
const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.e30.bGFi'

function filesOf(volume: Volume, around: Pick<Surroundings, 'pod' | 'find' | 'ip' | 'hostIP'>): PayloadFile[] | undefined {
  try {
    return payloadOf(volume, around)
  } catch (error) {
    if (error instanceof VolumeError) error.volume = volume.name
    throw error
  }
}

/** The files of a volume that has any: its sources, one after the other. */
function payloadOf(volume: Volume, around: Pick<Surroundings, 'pod' | 'find' | 'ip' | 'hostIP'>): PayloadFile[] | undefined {
  const projected = field(volume.projected, 'sources')
  const sources = Array.isArray(projected) ? projected : volume.configMap ? [{ configMap: volume.configMap }] : volume.secret ? [{ secret: volume.secret }] : volume.downwardAPI ? [{ downwardAPI: volume.downwardAPI }] : undefined
  const mode = Number(field(volume.projected ?? volume.configMap ?? volume.secret ?? volume.downwardAPI, 'defaultMode') ?? DEFAULT_MODE)
  return sources?.flatMap((source: unknown) => sourceFiles(source, mode, around)).sort((x, y) => (x.path < y.path ? -1 : 1))
}

function sourceFiles(source: unknown, mode: number, around: Pick<Surroundings, 'pod' | 'find' | 'ip' | 'hostIP'>): PayloadFile[] {
  const [token, downward] = [field(source, 'serviceAccountToken'), field(source, 'downwardAPI')]
  if (token) return [{ path: String(field(token, 'path')), text: TOKEN, mode }]
  if (downward) {
    return itemsOf(downward).map((item) => ({ path: String(field(item, 'path')), text: fieldOf(String(field(field(item, 'fieldRef'), 'fieldPath')), around), mode: Number(field(item, 'mode') ?? mode) }))
  }
  for (const [name, kind] of [['configMap', 'ConfigMap'], ['secret', 'Secret']] as const) {
    const wanted = field(source, name)
    if (wanted) return keysOf(kind, wanted, mode, around)
  }
  return []
}

const itemsOf = (source: unknown): unknown[] => {
  const items = field(source, 'items')
  return Array.isArray(items) ? items : []
}

/** All keys of an object, or those that are named. */
function keysOf(kind: 'ConfigMap' | 'Secret', source: unknown, mode: number, { pod, find }: Pick<Surroundings, 'pod' | 'find'>): PayloadFile[] {
  const name = String(field(source, 'name') ?? field(source, 'secretName'))
  const object = find(kind, pod.metadata.namespace ?? 'default', name)
  const isOptional = field(source, 'optional') === true
  if (!object && name === 'kube-root-ca.crt') return [{ path: 'ca.crt', text: CERTIFICATE, mode }]
  if (!object && !isOptional) throw new VolumeError(`${kind.toLowerCase()} "${name}" not found`)
  const values = object ? valuesOf(object) : {}
  const items = itemsOf(source)
  if (items.length === 0) return Object.entries(values).map(([path, text]) => ({ path, text, mode }))
  return items.flatMap((item): PayloadFile[] => {
    const key = String(field(item, 'key'))
    const text = values[key]
    if (text === undefined && !isOptional) throw new VolumeError(kind === 'Secret' ? `references non-existent secret key: ${key}` : `configmap references non-existent config key: ${key}`)
    return text === undefined ? [] : [{ path: String(field(item, 'path')), text, mode: Number(field(item, 'mode') ?? mode) }]
  })
}

/** /etc/hosts of the pod, once its address is known. */
export function* writeHosts(sys: Sys, pod: Pod, ip: string): Run {
  const hosts = pod.spec.hostNetwork
    ? `# Kubernetes-managed hosts file (host network).\n${decodeText(yield* sys.readFile('/etc/hosts'))}`
    : `${HOSTS}${ip}\t${hostsNames(pod)}\n`
  yield* sys.writeFile(`${podDirectory(pod)}/etc-hosts`, encode(hosts), { mode: 0o644 })
}

/** The pod's name, and before it the one that its headless service gives it (kubelet_pods.go managedHostsFileContent). */
const hostsNames = (pod: Pod): string => [domainOf(pod), hostnameOf(pod)].filter((name) => name !== '').join('\t')

const decodeText = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

function volumePath(pod: Pod, volume: Volume): string | undefined {
  const kind = volume.projected ? 'projected' : volume.emptyDir !== undefined ? 'empty-dir' : volume.configMap ? 'configmap' : volume.secret ? 'secret' : volume.downwardAPI ? 'downward-api' : undefined
  if (volume.hostPath && typeof volume.hostPath === 'object' && !Array.isArray(volume.hostPath)) return String(volume.hostPath.path)
  return kind ? `${podDirectory(pod)}/volumes/kubernetes.io~${kind}/${volume.name}` : undefined
}

/** What a container sees of its pod's volumes; also makes its termination log. */
export function mountsOf(sys: Sys, pod: Pod, container: Container): { container_path: string; host_path: string; readonly?: boolean }[] {
  makeDirectories(sys, `${podDirectory(pod)}/containers/${container.name}`)
  makeDirectories(sys, `${logDirectory(pod)}/${container.name}`)
  return (container.volumeMounts ?? []).flatMap((mount) => {
    const volume = pod.spec.volumes?.find((v) => v.name === mount.name)
    const path = volume && volumePath(pod, volume)
    // What the kubelet writes is not to be written to.
    const isKept = mount.readOnly || volume?.configMap || volume?.secret || volume?.projected || volume?.downwardAPI
    return path ? [{ container_path: mount.mountPath, host_path: mount.subPath ? `${path}/${mount.subPath}` : path, ...(isKept ? { readonly: true } : {}) }] : []
  })
}

/** The log of one start of a container. */
export function removeLog(sys: Sys, pod: Pod, container: string, attempt: number): void {
  try {
    sys.unlink(`${logDirectory(pod)}/${container}/${attempt}.log`)
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error
  }
}

/** After the pod is gone from the API. */
export function removePodDirectories(sys: Sys, pod: Pod): void {
  for (const volume of pod.spec.volumes ?? []) unmount(sys, inMemory(volume) ? volumePath(pod, volume) : undefined)
  for (const top of [podDirectory(pod), logDirectory(pod)]) removeTree(sys, top)
}

function unmount(sys: Sys, path: string | undefined): void {
  if (path === undefined) return
  try {
    sys.umount(path, { detach: true })
  } catch (error) {
    if (!isErrno(error)) throw error
  }
}

function removeTree(sys: Sys, path: string): void {
  try {
    for (const entry of sys.readdir(path)) {
      if (entry.kind === 'dir') removeTree(sys, `${path}/${entry.name}`)
      else sys.unlink(`${path}/${entry.name}`)
    }
    sys.rmdir(path)
  } catch (error) {
    if (!isErrno(error)) throw error
  }
}
