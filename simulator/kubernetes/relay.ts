/** A stream that goes on through another server: every call of it runs there. */
import type { Stream } from '../containerd/cri/services'
import type { Run } from '../kernel/run'

export const relay = (stream: Stream, call: <T>(work: () => Run<T>) => Run<T>): Stream => ({
  write: (bytes) => call(() => stream.write(bytes)),
  closeInput: () => call(() => stream.closeInput()),
  next: (seen) => call(() => stream.next(seen)),
  resize: (size) => call(() => stream.resize(size)),
  wait: () => call(() => stream.wait()),
})
