/** What the file that a program runs from says of itself: the note of kernel/elf.ts, the program's id and after an `@` its release. */
import { elfProgram } from './elf'
import { isErrno } from './errno'
import type { Run } from './run'
import type { Sys } from './sys'

const HEAD = 256

export function* ownNote(sys: Sys): Run<{ readonly id: string; readonly release: string }> {
  try {
    const fd = yield* sys.open('/proc/self/exe', { read: true, closeOnExec: true })
    const [id = '', release = ''] = (elfProgram(yield* sys.read(fd, HEAD)) ?? '').split('@')
    sys.close(fd)
    return { id, release }
  } catch (error) {
    // There may be no /proc where it runs.
    if (!isErrno(error)) throw error
    return { id: '', release: '' }
  }
}
