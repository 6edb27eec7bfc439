/** Archives that go to and come from files of the node. */
import { readToEnd } from '../../../kernel/read-to-end'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { type Context, Refused } from './command'

const CHUNK = 1 << 20

export function* toFile({ io: { sys } }: Context, path: string, bytes: Uint8Array): Run {
  try {
    yield* sys.writeFile(path, bytes, { mode: 0o600 })
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Refused(error.code === 'ENOENT' ? `failed to save image: invalid output path: directory ${JSON.stringify(path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.')} does not exist` : `open ${path}: ${error.message.toLowerCase()}`)
  }
}

/** A file, or standard input for none. */
export function* fromFile({ io: { sys } }: Context, path: string | undefined): Run<Uint8Array> {
  if (path === undefined) return yield* readToEnd(() => sys.read(0, CHUNK))
  try {
    return yield* sys.readFile(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Refused(`${error.code === 'EISDIR' ? 'read' : 'open'} ${path}: ${error.message.toLowerCase()}`)
  }
}
