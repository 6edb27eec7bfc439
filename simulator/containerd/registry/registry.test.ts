/** What the lab's registries serve and refuse, asked with crictl and ctr. Words: remotes/docker of containerd 1.6; recordings of a cluster (image errors). */
import { expect, test } from 'vitest'
import { machineOf, sessionOn } from '../../testing/scenario'
import { digestOf } from '../digest'
import { published } from './index'

const node = () => sessionOn(machineOf('notes', 'registries: { ghcr.io: { pulls: 0 } }\n'), 'node01')

test.each([
  ['nosuch/x', 'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed', 'Unknown', 'docker.io/nosuch/x:latest'],
  ['nginx:nope', 'docker.io/library/nginx:nope: not found', 'NotFound', 'docker.io/library/nginx:nope'],
  ['registry.k8s.io/pause:0.1', 'registry.k8s.io/pause:0.1: not found', 'NotFound', 'registry.k8s.io/pause:0.1'],
  ['ghcr.io/nosuch/x:1', 'failed to authorize: failed to fetch anonymous token: unexpected status: 403 Forbidden', 'Unknown', 'ghcr.io/nosuch/x:1'],
  ['quay.io/nosuch/x:1', 'pulling from host quay.io failed with status code [manifests 1]: 401 UNAUTHORIZED', 'Unknown', 'quay.io/nosuch/x:1'],
  ['127.0.0.1:5999/x', 'failed to do request: Head "http://127.0.0.1:5999/v2/x/manifests/latest": dial tcp 127.0.0.1:5999: connect: connection refused', 'Unknown', '127.0.0.1:5999/x:latest'],
])('crictl pull %s', async (image, why, code, reference) => {
  const { stderr, code: status } = await node().run({ cmd: `crictl pull ${image}` })
  expect(stderr).toContain(`desc = failed to pull and unpack image \\"${reference}\\": failed to resolve reference \\"${reference}\\": ${why.replaceAll('"', '\\"')}"`)
  expect(stderr).toContain(`err="rpc error: code = ${code} desc`)
  expect(status).toBe(1)
})

test('a reference that is none', async () => {
  expect((await node().run({ cmd: 'crictl pull Nginx' })).stderr).toContain('failed to parse image reference \\"Nginx\\": invalid reference format: repository name must be lowercase')
})

test('without a route no registry is found', async () => {
  const { stderr } = await node().run({ cmd: 'ip route del default; ctr i pull docker.io/library/redis:7' })
  expect(stderr).toContain('dial tcp: lookup registry-1.docker.io on 8.8.8.8:53: dial udp 8.8.8.8:53: connect: network is unreachable\n')
})

test('a registry counts manifests, not those that are there already', async () => {
  const session = node()
  const refused = await session.run({ cmd: 'crictl pull ghcr.io/traefik/whoami' })
  expect(refused.stderr).toMatch(/failed to copy: httpReadSeeker: failed open: unexpected status code https:\/\/ghcr\.io\/v2\/traefik\/whoami\/manifests\/sha256:[0-9a-f]{64}: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit\./)
  expect((await session.run({ cmd: 'ctr i pull ghcr.io/traefik/whoami:v1' })).stderr).toMatch(/^ctr: failed to copy: httpReadSeeker: failed open: unexpected status code https:.* 429 Too Many Requests - Server message: toomanyrequests: /m)
  expect((await session.run({ cmd: 'crictl pull traefik/whoami' })).code).toBe(0)
  expect((await session.run({ cmd: 'crictl pull ghcr.io/traefik/whoami' })).code).toBe(0)
})

test('an image by its digest is the image by its name', async () => {
  const image = published('docker.io/library/redis:7')
  if (!image) throw new Error('no redis')
  const session = node()
  await session.run({ cmd: `crictl pull redis@${digestOf(image.manifestBytes)}` })
  expect((await session.run({ cmd: 'crictl images -q' })).stdout).toContain(`${digestOf(image.configBytes)}\n`)
  expect((await session.run({ cmd: 'crictl inspecti redis:7' })).code).toBe(1)
})

test('programs of images answer', async () => {
  const session = node()
  const out = async (cmd: string): Promise<string> => (await session.run({ cmd })).stdout
  await session.run({ cmd: 'for i in docker.io/library/redis:7 docker.io/traefik/whoami:v1 registry.k8s.io/pause:3.9 docker.io/library/python:3.11 docker.io/library/node:20; do ctr i pull $i >/dev/null; done' })
  expect(await out('ctr run -d docker.io/library/redis:7 r; sleep 1; ctr t exec --exec-id a r redis-cli ping; ctr t exec --exec-id b r redis-cli incr n')).toBe('PONG\n1\n')
  expect(await out('ctr run --rm registry.k8s.io/pause:3.9 p /pause -v')).toBe('pause.c 3.9\n')
  expect(await out('ctr run --rm docker.io/library/python:3.11 p python -V; ctr run --rm docker.io/library/node:20 p node -v')).toBe('Python 3.11.4\nv20.3.0\n')
  expect(await out('ctr run -d --net-host docker.io/traefik/whoami:v1 w; sleep 1; curl -s localhost | tail -5')).toBe('GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: curl/7.88.1\r\nAccept: */*\r\n\r\n')
})

test('nginx serves its page from workers, and its logs are the container\'s', async () => {
  const session = node()
  const out = async (cmd: string): Promise<string> => (await session.run({ cmd })).stdout
  await session.run({ cmd: 'ctr i pull docker.io/library/nginx:1.25 >/dev/null; ctr run -d --net-host docker.io/library/nginx:1.25 n >/root/log 2>&1; sleep 1' })
  expect(await out('curl -s localhost | grep title')).toBe('<title>Welcome to nginx!</title>\n')
  expect(await out('curl -s -o /dev/null -w "%{http_code} " localhost/nope; curl -s -o /dev/null -w "%{http_code}" -X POST localhost')).toBe('404 405')
  expect(await out('ps -o user,args --ppid $(pgrep -of "nginx: master")')).toBe('USER     COMMAND\n101      nginx: worker process\n101      nginx: worker process\n')
  expect(await out('ctr t exec --exec-id k n nginx -s quit; sleep 1; ctr t ls | grep -c RUNNING')).toBe('0\n')
})

test('nginx\'s entrypoint prepares it and tells so; a read-only root stops it', async () => {
  const session = node()
  const out = async (cmd: string): Promise<string> => (await session.run({ cmd })).stdout
  await session.run({ cmd: 'ctr i pull docker.io/library/nginx:1.25 >/dev/null' })
  expect(await out('ctr run --rm docker.io/library/nginx:1.25 a /docker-entrypoint.sh nginx -t 2>/dev/null; ctr run --rm docker.io/library/nginx:1.25 b /docker-entrypoint.sh true')).toBe(
    '/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration\n/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/\n' +
      '/docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh\n10-listen-on-ipv6-by-default.sh: info: Getting the checksum of /etc/nginx/conf.d/default.conf\n' +
      '10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf\n/docker-entrypoint.sh: Sourcing /docker-entrypoint.d/15-local-resolvers.envsh\n' +
      '/docker-entrypoint.sh: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh\n/docker-entrypoint.sh: Launching /docker-entrypoint.d/30-tune-worker-processes.sh\n' +
      '/docker-entrypoint.sh: Configuration complete; ready for start up\n',
  )
  const readOnly = await session.run({ cmd: 'ctr run --rm --read-only docker.io/library/nginx:1.25 c' })
  expect(readOnly.stderr.split('\n').slice(-2)).toEqual(['nginx: [emerg] mkdir() "/var/cache/nginx/client_temp" failed (30: Read-only file system)', ''])
  expect(readOnly.code).toBe(1)
  await session.run({ cmd: 'ctr run -d --net-host docker.io/library/nginx:1.25 d >/dev/null 2>&1 </dev/null; sleep 1' })
  expect(await out('ss -tlnH src :80; curl -s "http://[::1]/" | head -1')).toBe('LISTEN 0      511    0.0.0.0:80 0.0.0.0:*\nLISTEN 0      511       [::]:80    [::]:*\n<!DOCTYPE html>\n')
})
