/** busybox paste (coreutils/paste.c): a file that has ended leaves no empty column behind. */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { LineReader, openSource, type Source } from '../../coreutils/files'
import { Exit, type Io } from '../../program'
import { applet } from '../applet'

const ESCAPES: Readonly<Record<string, string>> = { 0: '', n: '\n', t: '\t', '\\': '\\', a: '\x07', b: '\b', f: '\f', r: '\r', v: '\v' }

function* opened(io: Io, name: string): Run<Source> {
  try {
    return yield* openSource(io.sys, name)
  } catch (error) {
    if (!isErrno(error)) throw error
    io.err(`paste: ${name}: ${error.message}\n`)
    throw new Exit(1)
  }
}

export default applet('d:s', function* (io, given) {
  const marks = [...(given.value('d') || '\t').matchAll(/\\(.)|./gs)].map(([mark, escaped]) => (escaped === undefined ? mark : (ESCAPES[escaped] ?? escaped)))
  const names = given.operands.length > 0 ? given.operands : ['-']
  let at = 0
  const next = (): string => marks[at++ % marks.length] ?? ''
  let readers: LineReader[] = []
  // Operands that are standard input share it line by line.
  let shared: LineReader | undefined
  for (const name of names) {
    const reader: LineReader = (name === '-' ? shared : undefined) ?? new LineReader(yield* opened(io, name))
    if (name === '-') shared = reader
    readers.push(reader)
  }
  if (given.has('s')) {
    for (const reader of readers) {
      at = 0
      let line = yield* reader.next()
      for (let following = line; following !== null; line = following) {
        following = yield* reader.next()
        io.out((line ?? '') + (following === null ? '\n' : next()))
        yield* io.drain()
      }
    }
    return 0
  }
  for (;;) {
    at = 0
    const left: LineReader[] = []
    const cells: string[] = []
    for (const reader of readers) {
      const line = yield* reader.next()
      if (line === null) continue
      left.push(reader)
      cells.push(line)
    }
    readers = left
    if (left.length === 0) return 0
    io.out(`${cells.map((cell, i) => (i < cells.length - 1 ? cell + next() : cell)).join('')}\n`)
    yield* io.drain()
  }
})
