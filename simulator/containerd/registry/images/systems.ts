/** Small systems to work in: busybox, alpine and Debian. */
import { DEBIAN } from '../debian'
import type { ImageDeclaration } from '../index'
import { PATH, ROOTFS } from '../rootfs'

const images: readonly ImageDeclaration[] = [
  { names: ['docker.io/library/alpine:latest', 'docker.io/library/alpine:3.18'], created: '2023-05-09T23:11:10Z', config: { Env: [PATH], Cmd: ['/bin/sh'] }, layers: [ROOTFS] },
  {
    names: ['docker.io/library/busybox:latest', 'docker.io/library/busybox:1.35', 'docker.io/library/busybox:1.36', 'quay.io/prometheus/busybox:latest'],
    created: '2021-07-28T00:00:00Z', config: { Env: [PATH], Cmd: ['sh'] }, layers: [ROOTFS],
  },
  {
    names: ['docker.io/library/debian:latest', 'docker.io/library/debian:12', 'docker.io/library/debian:bookworm'], created: '2024-04-10T20:12:43Z', config: { Env: [PATH], Cmd: ['bash'] }, layers: [DEBIAN],
  },
]

export default images
