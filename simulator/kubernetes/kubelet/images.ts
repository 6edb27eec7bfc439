/** Having a container's image: the policy, the back-off, one pull at a time (pkg/kubelet/images: image_manager.go, puller.go). Recording: golden image-errors. */
import { referenceFault } from '../../containerd/cri/images'
import { isGrpc } from '../../containerd/grpc'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { WaitQueue } from '../../kernel/waitqueue'
import type { Container } from '../api/objects'
import { Backoff } from './backoff'
import type { KubeletContext } from './context'

/** What an image manager says of a container, as events of its pod. */
export type Tell = (type: 'Normal' | 'Warning', reason: string, message: string) => Run

/** Why there is no image: the waiting state's reason and message. */
export class ImageError extends Error {
  readonly reason: string
  constructor(reason: string, message: string) {
    super(message)
    this.reason = reason
  }
}

export class ImageManager {
  private readonly kubelet: Pick<KubeletContext, 'sys' | 'cri'>
  private readonly backoff = new Backoff()
  private readonly puller = new Turns()
  constructor(kubelet: Pick<KubeletContext, 'sys' | 'cri'>) {
    this.kubelet = kubelet
  }
  /** The image's id. ImageError. */
  *ensure(uid: string, { image: name, imagePullPolicy }: Container, tell: Tell): Run<string> {
    const { cri, sys } = this.kubelet
    const fault = referenceFault(name)
    if (fault !== undefined) {
      const message = `Failed to apply default image tag "${name}": couldn't parse image reference "${name}": ${fault}`
      yield* tell('Warning', 'InspectFailed', message)
      throw new ImageError('InvalidImageName', message)
    }
    const present = (yield* cri((services) => services.image.imageStatus(name))).image
    if (present && imagePullPolicy !== 'Always') {
      yield* tell('Normal', 'Pulled', `Container image "${name}" already present on machine`)
      return present.id
    }
    if (imagePullPolicy === 'Never') {
      const message = `Container image "${name}" is not present with pull policy of Never`
      yield* tell('Warning', 'ErrImageNeverPull', message)
      throw new ImageError('ErrImageNeverPull', message)
    }
    const key = `${uid}_${name}`
    if (this.backoff.holds(key, seconds(sys))) {
      const message = `Back-off pulling image "${name}"`
      yield* tell('Normal', 'BackOff', message)
      throw new ImageError('ImagePullBackOff', message)
    }
    yield* tell('Normal', 'Pulling', `Pulling image "${name}"`)
    const begun = sys.monotonic()
    try {
      const id = yield* this.puller.take(sys, () => cri((services) => services.image.pullImage(name)))
      yield* tell('Normal', 'Pulled', `Successfully pulled image "${name}" in ${duration(sys.monotonic() - begun)}`)
      return id
    } catch (error) {
      if (!isGrpc(error)) throw error
      const words = `rpc error: code = ${error.code} desc = ${error.message}`
      yield* tell('Warning', 'Failed', `Failed to pull image "${name}": ${words}`)
      this.backoff.next(key, seconds(sys))
      throw new ImageError('ErrImagePull', words)
    }
  }
}

const seconds = (sys: Sys): number => sys.monotonic() / 1e9

/** One at a time, in the order in which they came. */
class Turns {
  private readonly waiting: object[] = []
  private readonly changed = new WaitQueue();
  *take<T>(sys: Sys, work: () => Run<T>): Run<T> {
    const own = {}
    this.waiting.push(own)
    try {
      while (this.waiting[0] !== own) yield* sys.waitOn(this.changed)
      return yield* work()
    } finally {
      this.waiting.splice(this.waiting.indexOf(own), 1)
      this.changed.wake()
    }
  }
}

/** Go's time.Duration.String for what pulls take: `13.861814ms`, `1.2034s`. */
function duration(ns: number): string {
  const trim = (value: number, digits: number): string => value.toFixed(digits).replace(/\.?0+$/, '')
  if (ns < 1e6) return `${trim(ns / 1e3, 3)}µs`
  return ns < 1e9 ? `${trim(ns / 1e6, 6)}ms` : `${trim(ns / 1e9, 9)}s`
}
