/** node and python, as Docker Hub's official images declare them: the interpreters tell their version; programs are not run. */
import type { ImageDeclaration } from '../index'
import { PATH, ROOTFS } from '../rootfs'

const images: readonly ImageDeclaration[] = [
  {
    names: ['docker.io/library/node:latest', 'docker.io/library/node:20', 'docker.io/library/node:20.3', 'docker.io/library/node:20.3.0', 'docker.io/library/node:alpine'], created: '2023-06-08T20:31:13Z',
    config: { Env: [PATH, 'NODE_VERSION=20.3.0', 'YARN_VERSION=1.22.19'], Entrypoint: ['docker-entrypoint.sh'], Cmd: ['node'] },
    layers: [ROOTFS, { 'usr/local/bin/node': { program: 'images/node@20.3.0', size: 900_000 } }, { 'usr/local/bin/docker-entrypoint.sh': { text: '#!/bin/sh\nset -e\nexec "$@"\n', mode: 0o755 } }],
  },
  {
    names: ['docker.io/library/python:latest', 'docker.io/library/python:3', 'docker.io/library/python:3.11', 'docker.io/library/python:3.11.4', 'docker.io/library/python:alpine'], created: '2023-06-07T21:02:09Z',
    config: { Env: [PATH, 'LANG=C.UTF-8', 'PYTHON_VERSION=3.11.4'], Cmd: ['python3'] },
    layers: [ROOTFS, { 'usr/local/bin/python3.11': { program: 'images/python3@3.11.4', size: 600_000 }, 'usr/local/bin/python3': { link: 'python3.11' }, 'usr/local/bin/python': { link: 'python3' } }],
  },
]

export default images
