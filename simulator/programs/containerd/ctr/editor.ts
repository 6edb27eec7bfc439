/** A blob in an editor: a file below /tmp, `sh -c EDITOR FILE`, and what is in it afterwards (cmd/ctr/commands/content/content.go edit). */
import { randomHex } from '../../../containerd/digest'
import type { Run } from '../../../kernel/run'
import { type Context, ExitError, Failure } from '../../urfave/context'

export function* edited(context: Context, bytes: Uint8Array): Run<Uint8Array> {
  const { sys } = context
  const editor = context.string('editor')
  if (editor === '') throw new Failure('editor is required')
  const path = `/tmp/edit-${Number.parseInt(randomHex(sys, 8), 16)}`
  yield* sys.writeFile(path, bytes, { mode: 0o600 })
  try {
    yield* context.io.flush()
    const child = sys.fork((self) => self.exec('/bin/sh', ['sh', '-c', `${editor} ${path}`], self.env))
    const status = (yield* sys.wait(child))?.status
    // An error of os/exec has an exit status of its own, which urfave/cli takes over.
    if (status?.kind === 'exited' && status.code !== 0) throw new ExitError(`exit status ${status.code}`, status.code)
    if (status?.kind === 'signaled') throw new ExitError('signal: killed', -1 & 0xff)
    return yield* sys.readFile(path)
  } finally {
    sys.unlink(path)
  }
}
