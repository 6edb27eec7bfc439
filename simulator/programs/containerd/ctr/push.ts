/**
 * Pushes to a registry, with a display of how far it is (cmd/ctr/commands/images/push.go; remotes/handlers.go PushContent: layers are not in
 * the display, the manifest comes last). Nobody has an account at the lab's registries, so only what is there already can be "pushed".
 */
import type { Client } from './client'
import { checkReference, credentialsOf, told } from './fetch'
import { readManifest } from './image'
import { Display, type Transfer } from './transfer'
import { type Answer, askToPush } from '../../../containerd/registry/push'
import type { Descriptor } from '../../../containerd/oci/types'
import type { Run } from '../../../kernel/run'
import { logrus } from '../../go/logrus'
import { type Context, Failure } from '../../urfave/context'

const TICK_NS = 100_000_000
const ANSWER_NS = 40_000_000

export function* pushImage(context: Context, client: Client, ref: string, target: Descriptor): Run {
  const { digest } = target
  const { sys, io } = context
  checkReference(ref, '')
  const manifest = yield* readManifest(client, { target })
  const { size } = yield* client.call((s, ns) => s.content.info(ns, digest))
  const display = new Display(io)
  const { config } = manifest
  const shown = { manifest: waiting(`manifest-${digest}`, size), config: waiting(`config-${config.digest}`, config.size) }
  let isOver = false
  const ended = sys.futex()
  function* ticking(): Run<void> {
    for (let isLast = false; !isLast; ) {
      yield* sys.sleep(TICK_NS)
      isLast = isOver
      display.show([shown.manifest, shown.config])
      yield* io.flush()
    }
    isOver = false
    ended.wake()
  }
  sys.go(ticking())
  try {
    for (const blob of [config, ...manifest.layers]) yield* place(context, ref, { digest: blob.digest, kind: 'blobs' })
    Object.assign(shown.config, { status: 'done', offset: config.size })
    yield* place(context, ref, { digest, kind: 'manifests' })
    Object.assign(shown.manifest, { status: 'done', offset: size })
  } finally {
    isOver = true
    while (isOver) yield* ended.wait()
  }
}

const waiting = (ref: string, total: number): Transfer => ({ ref, status: 'waiting', offset: 0, total })

function* place(context: Context, ref: string, object: { readonly digest: string; readonly kind: 'blobs' | 'manifests' }): Run<Answer> {
  yield* context.sys.sleep(ANSWER_NS)
  const answer = yield* told(context, '', () => askToPush(context.sys, ref, object, credentialsOf(context)))
  if (answer === 'unknown') context.refuse(`${context.path.slice(1).join(' ')} ${ref}`)
  return answer
}

const MANIFESTS = [
  'application/vnd.docker.distribution.manifest.v2+json', 'application/vnd.docker.distribution.manifest.list.v2+json', 'application/vnd.oci.image.manifest.v1+json', 'application/vnd.oci.image.index.v1+json',
]
const KNOWN = /^application\/vnd\.(docker\.(image\.rootfs|container\.image)|oci\.image\.(layer|config))\./

export function* pushObject(context: Context, ref: string, { digest, mediaType }: { readonly digest: string; readonly mediaType: string }): Run {
  const isManifest = MANIFESTS.includes(mediaType)
  if (!isManifest && !KNOWN.test(mediaType)) context.io.err(logrus(context.sys, 'warning', `reference for unknown type: ${mediaType}`, { fields: { ref } }))
  yield* place(context, ref, { digest, kind: isManifest ? 'manifests' : 'blobs' })
  throw new Failure(`content ${digest} on remote: already exists`)
}
