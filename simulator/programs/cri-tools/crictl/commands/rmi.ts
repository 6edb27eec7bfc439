/** crictl rmi: remove one or more images, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { bool } from '../../../urfave/flag'
import { isGrpc } from '../../../../containerd/grpc'
import { logrus } from '../../../go/logrus'
import { quote } from '../../../go/strconv'
import { Failure } from '../../../urfave/context'
import { connect, filterLog, imageLog, reason } from '../client'
import { toldImageStatus, toldRemoveImage } from '../told'

export default command({
  name: 'rmi',
  usage: 'Remove one or more images',
  args: 'IMAGE-ID [IMAGE-ID...]',
  flags: [
    bool('all, a', 'Remove all images'),
    bool('prune, q', 'Remove all unused images'),
  ],
  shortOptions: 'joined',
  *run(context) {
    const { sys, io } = context
    const cri = yield* connect(context, 'image')
    const prune = context.bool('prune')
    for (const id of context.args) cri.debug(`User specified image to be removed: ${id}`)
    const wanted = new Map(context.args.map((id): [string, 'remove' | 'keep'] => [id, 'remove']))
    const statusOf = (id: string) => cri.call((s) => s.image.imageStatus(id), imageLog(140, 'Get ImageStatus from image service failed', { image: quote(id) }), toldImageStatus(id, { verbose: false }))
    if (context.bool('all') || prune) {
      const log = imageLog(119, 'ListImages with filter from image service failed', { filter: quote('nil') })
      for (const { id } of yield* cri.call((s) => s.image.listImages(), log)) {
        cri.debug(`Adding image to be removed: ${id}`)
        wanted.set(id, 'remove')
      }
    }
    if (prune) {
      const runtime = yield* connect(context)
      for (const { image } of yield* runtime.call((s) => s.runtime.listContainers(), filterLog(390, 'ListContainers', 'nil'))) {
        try {
          const id = (yield* statusOf(image.image)).image?.id ?? ''
          cri.debug(`Excluding in use container image: ${id}`)
          wanted.set(id, 'keep')
        } catch (error) {
          if (!isGrpc(error)) throw error
          io.err(logrus(sys, 'error', `image status request for ${quote(image.image)} failed: ${reason(error)}`))
        }
      }
    }
    if (wanted.size === 0) {
      io.err(logrus(sys, 'info', 'No images to remove'))
      return
    }
    let hasFailed = false
    const fail = (message: string): void => {
      io.err(logrus(sys, 'error', message))
      hasFailed = true
    }
    for (const [id, what] of wanted) {
      if (what === 'keep') continue
      let sentence = `image status request for ${quote(id)} failed`
      try {
        const { image } = yield* statusOf(id)
        if (image === null) {
          fail(`no such image ${id}`)
          continue
        }
        sentence = `error of removing image ${quote(id)}`
        yield* cri.call((s) => s.image.removeImage(id), imageLog(192, 'RemoveImage from image service failed', { image: quote(id) }), toldRemoveImage(id))
        for (const name of image.repoTags.length > 0 ? image.repoTags : image.repoDigests) io.out(`Deleted: ${name}\n`)
      } catch (error) {
        if (!isGrpc(error)) throw error
        if (!prune) fail(`${sentence}: ${reason(error)}`)
      }
    }
    if (hasFailed) throw new Failure('unable to remove the image(s)')
  },
})
