/** redis, as Docker Hub's official image declares it; the entry point only runs what it is given. */
import type { ImageDeclaration } from '../index'
import { PATH, ROOTFS } from '../rootfs'

const images: readonly ImageDeclaration[] = [
  {
    names: ['docker.io/library/redis:latest', 'docker.io/library/redis:7', 'docker.io/library/redis:7.0', 'docker.io/library/redis:7.0.11'], created: '2023-05-25T23:24:13Z',
    config: {
      ExposedPorts: { '6379/tcp': {} }, Env: [PATH, 'GOSU_VERSION=1.16', 'REDIS_VERSION=7.0.11'], Entrypoint: ['docker-entrypoint.sh'], Cmd: ['redis-server'], Volumes: { '/data': {} }, WorkingDir: '/data',
    },
    layers: [
      ROOTFS,
      { 'usr/local/bin/redis-server': { program: 'images/redis-server', size: 1_200_000 }, 'usr/local/bin/redis-cli': { program: 'images/redis-cli', size: 700_000 }, data: { directory: 0o755 } },
      { 'usr/local/bin/docker-entrypoint.sh': { text: '#!/bin/sh\nset -e\nexec "$@"\n', mode: 0o755 } },
    ],
  },
]

export default images
