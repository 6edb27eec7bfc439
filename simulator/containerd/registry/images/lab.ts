/** The images of the lab, stand-ins under the real names as on the recorded node (recordings README, cri-node). */
import type { ImageDeclaration, LayerFile } from '../index'

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** busybox's directories and the links that its applets are. */
const APPLETS =
  '[ [[ ash awk base64 basename cat chgrp chmod chown chroot clear cmp cp cut date dd df diff dirname dmesg du echo ed egrep env expand expr factor fallocate false fgrep find fold free grep groups gunzip gzip halt head hexdump hostid hostname id ifconfig ip ipcalc kill killall less link ln logger ls lsof md5sum mkdir mkfifo mknod mktemp more mount mv nc netstat nice nl nohup nproc nslookup od paste pgrep pidof ping pkill printenv printf ps pstree pwd readlink realpath renice reset rev rm rmdir route sed seq setsid sh sha1sum sha256sum shuf sleep sort split stat strings stty sync sysctl tac tail tar tee telnet test time timeout top touch tr traceroute true truncate tty umount uname uniq unshare uptime vi watch wc wget which whoami xargs yes nsenter'

const ROOTFS: Readonly<Record<string, LayerFile>> = {
  'bin/busybox': { program: 'busybox/busybox', size: 1_000_000 },
  ...Object.fromEntries(APPLETS.split(' ').map((name): [string, LayerFile] => [`bin/${name}`, { link: '/bin/busybox' }])),
  ...Object.fromEntries(['dev', 'home', 'lib', 'lib64', 'opt', 'proc', 'root', 'run', 'sbin', 'sys', 'var', 'usr/bin', 'usr/sbin', 'usr/local/bin'].map((d): [string, LayerFile] => [d, { directory: 0o755 }])),
  tmp: { directory: 0o1777 },
  'etc/passwd': { text: 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n' },
  'etc/group': { text: 'root:x:0:\nnogroup:x:65534:\n' },
}

const pause = (tag: string, created: string): ImageDeclaration => ({
  names: [`registry.k8s.io/pause:${tag}`, `k8s.gcr.io/pause:${tag}`], created,
  config: { User: '65535:65535', Env: [PATH], Entrypoint: ['/pause'], WorkingDir: '/' },
  layers: [{ pause: { program: 'pause/pause', size: 682_696 } }],
})

const webserver = (names: readonly string[], path: string, program: string, config: Partial<ImageDeclaration['config']>): ImageDeclaration => ({
  names, created: '2021-07-28T00:00:00Z', config: { Env: [PATH], ...config }, layers: [ROOTFS, { [path]: { program, size: 682_696 } }],
})

/** Until 3.4 pause ran as root (its CHANGELOG: 3.5 runs as a user of its own). */
const rootPause = (tag: string, created: string): ImageDeclaration => {
  const { config: { User: _, ...config }, ...rest } = pause(tag, created)
  return { ...rest, config }
}

const images: readonly ImageDeclaration[] = [
  rootPause('3.1', '2017-12-20T00:54:44Z'), rootPause('3.2', '2020-02-14T10:51:26Z'), rootPause('3.3', '2020-06-23T16:15:42Z'), rootPause('3.4.1', '2020-12-22T16:15:42Z'),
  { names: ['docker.io/library/alpine:latest', 'docker.io/library/alpine:3.18'], created: '2023-05-09T23:11:10Z', config: { Env: [PATH], Cmd: ['/bin/sh'] }, layers: [ROOTFS] },
  pause('3.5', '2021-03-16T21:15:42Z'), pause('3.6', '2021-08-24T16:15:42Z'), pause('3.7', '2022-03-24T16:15:42Z'), pause('3.8', '2022-06-24T16:15:42Z'), pause('3.9', '2022-10-11T16:15:42Z'),
  pause('3.10', '2024-05-24T16:15:42Z'), pause('3.10.1', '2025-06-13T16:15:42Z'),
  { names: ['docker.io/library/busybox:latest', 'docker.io/library/busybox:1.35', 'docker.io/library/busybox:1.36'], created: '2021-07-28T00:00:00Z', config: { Env: [PATH], Cmd: ['sh'] }, layers: [ROOTFS] },
  {
    names: ['docker.io/webratio/nodejs-http-server:latest'], created: '2021-07-28T00:00:00Z',
    config: { Env: [PATH, 'NODE_VERSION=10.14.2'], Cmd: ['node', '/usr/local/bin/http-server'], WorkingDir: '/opt/www', ExposedPorts: { '8080/tcp': {} } },
    layers: [ROOTFS, { 'usr/local/bin/node': { program: 'webserver/node', size: 700_000 }, 'usr/bin/curl': { program: 'curl/curl' } }, { 'usr/local/bin/http-server': { text: '#!/usr/bin/env node\n', mode: 0o755 }, 'opt/www/index.html': { text: 'hello\n' } }],
  },
  webserver(['docker.io/library/nginx:1.25', 'docker.io/library/nginx:latest'], 'usr/sbin/nginx', 'webserver/nginx', { Cmd: ['/usr/sbin/nginx', '-g', 'daemon off;'], ExposedPorts: { '80/tcp': {} }, StopSignal: 'SIGQUIT' }),
  webserver(['registry.k8s.io/coredns/coredns:v1.10.1', 'docker.io/coredns/coredns:1.10.1'], 'coredns', 'webserver/coredns', { Entrypoint: ['/coredns'] }),
  webserver(['registry.k8s.io/kube-proxy:v1.26.0', 'registry.k8s.io/kube-proxy:v1.27.1', 'registry.k8s.io/kube-proxy:v1.27.2'], 'usr/local/bin/kube-proxy', 'webserver/kube-proxy', {}),
  webserver(['docker.io/calico/node:v3.25.1'], 'usr/bin/calico-node', 'webserver/calico-node', { Cmd: ['/usr/bin/calico-node', '-felix'] }),
]

export default images
