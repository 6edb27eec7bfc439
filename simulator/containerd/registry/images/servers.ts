/** Servers of the lab, stand-ins under the real names as on the recorded node (recordings README, cri-node). */
import type { ImageDeclaration } from '../index'
import { PATH, ROOTFS } from '../rootfs'

const webserver = (names: readonly string[], path: string, program: string, config: Partial<ImageDeclaration['config']>): ImageDeclaration => ({
  names, created: '2021-07-28T00:00:00Z', config: { Env: [PATH], ...config }, layers: [ROOTFS, { [path]: { program, size: 682_696 } }],
})

const images: readonly ImageDeclaration[] = [
  {
    names: ['docker.io/webratio/nodejs-http-server:latest'], created: '2021-07-28T00:00:00Z',
    config: { Env: [PATH, 'NODE_VERSION=10.14.2'], Cmd: ['node', '/usr/local/bin/http-server'], WorkingDir: '/opt/www', ExposedPorts: { '8080/tcp': {} } },
    layers: [ROOTFS, { 'usr/local/bin/node': { program: 'webserver/node', size: 700_000 }, 'usr/bin/curl': { program: 'curl/curl' } }, { 'usr/local/bin/http-server': { text: '#!/usr/bin/env node\n', mode: 0o755 }, 'opt/www/index.html': { text: 'hello\n' } }],
  },
  webserver(['docker.io/library/nginx:1.24'], 'usr/sbin/nginx', 'webserver/nginx', { Cmd: ['/usr/sbin/nginx', '-g', 'daemon off;'], ExposedPorts: { '80/tcp': {} }, StopSignal: 'SIGQUIT' }),
  webserver(['k8s.gcr.io/coredns:1.7.0', 'registry.k8s.io/coredns/coredns:v1.10.1', 'docker.io/coredns/coredns:1.10.1'], 'coredns', 'webserver/coredns', { Entrypoint: ['/coredns'] }),
  webserver(['k8s.gcr.io/kube-proxy:v1.20.2', 'registry.k8s.io/kube-proxy:v1.26.0', 'registry.k8s.io/kube-proxy:v1.27.1', 'registry.k8s.io/kube-proxy:v1.27.2'], 'usr/local/bin/kube-proxy', 'webserver/kube-proxy', {}),
  webserver(['docker.io/calico/node:v3.25.1', 'quay.io/calico/node:v3.25.1'], 'usr/bin/calico-node', 'webserver/calico-node', { Cmd: ['/usr/bin/calico-node', '-felix'] }),
  webserver(['quay.io/coreos/flannel:v0.15.1'], 'opt/bin/flanneld', 'webserver/flanneld', { Entrypoint: ['/opt/bin/flanneld'] }),
]

export default images
