/** pause, as registry.k8s.io has it: one program in an empty root (kubernetes/kubernetes build/pause/CHANGELOG.md). */
import type { ImageDeclaration } from '../index'
import { PATH } from '../rootfs'

/** Tags with their dates. Since 3.5 it runs as a user of its own. */
const AS_ROOT = { '3.1': '2017-12-20T00:54:44Z', '3.2': '2020-02-14T10:51:26Z', '3.3': '2020-06-23T16:15:42Z', '3.4.1': '2020-12-22T16:15:42Z' }
const AS_USER = {
  '3.5': '2021-03-16T21:15:42Z', '3.6': '2021-08-24T16:15:42Z', '3.7': '2022-03-24T16:15:42Z', '3.8': '2022-06-24T16:15:42Z', '3.9': '2022-10-11T16:15:42Z', '3.10': '2024-05-24T16:15:42Z',
  '3.10.1': '2025-06-13T16:15:42Z',
}

const pause = (tag: string, created: string, user: { readonly User?: string }): ImageDeclaration => ({
  names: [`registry.k8s.io/pause:${tag}`, `k8s.gcr.io/pause:${tag}`], created,
  config: { ...user, Env: [PATH], Entrypoint: ['/pause'], WorkingDir: '/' },
  layers: [{ pause: { program: `pause/pause@${tag}`, size: 682_696 } }],
})

const images: readonly ImageDeclaration[] = [
  ...Object.entries(AS_ROOT).map(([tag, created]) => pause(tag, created, {})),
  ...Object.entries(AS_USER).map(([tag, created]) => pause(tag, created, { User: '65535:65535' })),
]

export default images
