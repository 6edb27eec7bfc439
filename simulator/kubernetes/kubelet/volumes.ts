/** The directories and files of a pod on its node, under /var/lib/kubelet/pods/UID. */
import { makeDirectories } from '../../containerd/files'
import { encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import type { Container, Pod } from '../api/objects'
import { domainOf, hostnameOf, logDirectory, podDirectory } from './config'

/** The header that the kubelet writes on a pod's /etc/hosts. */
const HOSTS = '# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n'

/** Directories, volumes and logs, before the sandbox exists. */
export function* preparePod(sys: Sys, pod: Pod): Run {
  makeDirectories(sys, `${podDirectory(pod)}/containers`)
  makeDirectories(sys, logDirectory(pod))
  for (const volume of pod.spec.volumes ?? []) {
    const path = volumePath(pod, volume)
    if (!path || volume.hostPath) continue
    makeDirectories(sys, path)
    if (volume.projected) {
      yield* sys.writeFile(`${path}/namespace`, encode(pod.metadata.namespace ?? 'default'), { mode: 0o644 })
      yield* sys.writeFile(`${path}/token`, encode('eyJhbGciOiJSUzI1NiJ9.e30.bGFi'), { mode: 0o644 })
      yield* sys.writeFile(`${path}/ca.crt`, encode('-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n'), { mode: 0o644 })
    }
  }
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

function volumePath(pod: Pod, volume: NonNullable<Pod['spec']['volumes']>[number]): string | undefined {
  const kind = volume.projected ? 'projected' : volume.emptyDir !== undefined ? 'empty-dir' : volume.configMap ? 'configmap' : volume.secret ? 'secret' : undefined
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
    return path ? [{ container_path: mount.mountPath, host_path: path, ...(mount.readOnly ? { readonly: true } : {}) }] : []
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
  for (const top of [podDirectory(pod), logDirectory(pod)]) removeTree(sys, top)
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
