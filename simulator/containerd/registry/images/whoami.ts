/** traefik/whoami: one static program in an empty root (its Dockerfile). */
import type { ImageDeclaration } from '../index'
import { PATH } from '../rootfs'

const names = ['latest', 'v1', 'v1.9', 'v1.9.0'].flatMap((tag) => [`docker.io/traefik/whoami:${tag}`, `ghcr.io/traefik/whoami:${tag}`])

const images: readonly ImageDeclaration[] = [
  {
    names, created: '2023-04-24T14:10:06Z', config: { Env: [PATH], Entrypoint: ['/whoami'], ExposedPorts: { '80/tcp': {} }, WorkingDir: '/' },
    layers: [{ whoami: { program: 'images/whoami', size: 600_000 } }],
  },
]

export default images
