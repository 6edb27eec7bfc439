/**
 * Work that containerd's transfer service does for ctr: by default in 2.x, with `--local=false` in 1.7. It resolves and fetches itself, so what a registry refuses
 * stands in its log; and it reports its progress.
 */
import { type Client, connect } from './client'
import { checkReference, fetchImage } from './fetch'
import { Hierarchy } from './hierarchy'
import { isUnpacked, layersOf, unpack } from './image'
import { isGrpc } from '../../../containerd/grpc'
import type { Descriptor } from '../../../containerd/oci/types'
import { ownRelease } from '../../../containerd/release'
import { RegistryError } from '../../../containerd/registry/resolve'
import type { Image } from '../../../containerd/services'
import type { Run } from '../../../kernel/run'
import { type Context, Failure } from '../../urfave/context'

/** Not where there is no such flag: in 1.6. */
export const usesService = (context: Context): boolean => context.knows('local') && !context.bool('local')

/** 1.7 has the service, but its display is another one. */
export function* service(context: Context): Run {
  const { line } = yield* ownRelease(context.sys)
  if (line !== '2') context.refuse(`${context.path.slice(1).join(' ')} --local=false`)
}

/** What an archive held, unpacked if that is wanted. */
export function* showImported(context: Context, client: Client, images: readonly Image[]): Run {
  const display = new Hierarchy(context.io, 'Importing')
  for (const image of images) {
    if (!context.bool('no-unpack')) yield* unpack(client, image, context.string('snapshotter') || 'overlayfs')
    display.describe(image.target)
    display.event(image.name, { event: 'saved', progress: 0, total: 0 })
  }
}

/** Of what is unpacked already no layer is fetched. */
function* isThere(client: Client, target: Descriptor, snapshotter: string): Run<boolean> {
  try {
    return yield* isUnpacked(client, { target }, snapshotter)
  } catch (error) {
    if (!isGrpc(error)) throw error
    return false
  }
}

export function* pullByContainerd(context: Context, ref: string): Run {
  yield* service(context)
  const client = yield* connect(context)
  if (context.bool('print-chainid')) throw new Failure('"--print-chainid" requires "--local" flag')
  checkReference(ref, 'failed to resolve image: ')
  const snapshotter = context.string('snapshotter') || 'overlayfs'
  const display = new Hierarchy(context.io, `Pulling from OCI Registry (${ref})`)
  const image = yield* fetchImage(context, client, ref, {
    display,
    *found(target, transfers) {
      display.describe(target)
      if (yield* isThere(client, target, snapshotter)) display.hide('layer')
      display.show(transfers)
    },
    *told(what, work) {
      try {
        return yield* work()
      } catch (error) {
        if (!(error instanceof RegistryError)) throw error
        throw new Failure(`${what === 'resolve' ? 'failed to resolve image: ' : ''}${error.message}`)
      }
    },
  })
  display.event(ref, { event: 'saved', progress: 0, total: 0 })
  if (display.hides('layer')) return
  yield* unpack(client, image, snapshotter)
  display.say(`Completed pull from OCI Registry (${ref})`)
  for (const { digest, size } of (yield* layersOf(client, image)).manifest.layers) display.event(`layer-${digest}`, { event: 'extracted', progress: size, total: size })
}
