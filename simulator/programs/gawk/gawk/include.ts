/** `@include "file"` and `@load "library"` (gawk.info, "Include Files"): the program as pieces, each included file in the place of its directive, once. */
import { decode } from '../../../kernel/bytes'
import { Errno, isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { Exit, type Io } from '../../program'
import type { Piece } from './lexer'

const USUAL_PATH = '.:/usr/share/awk'
const DIRECTIVE = /^([ \t]*)@(include|load)[ \t]+"([^"\n]*)"[ \t]*;?/m

/** A file of -f, -i or @include: names without a slash are looked for along AWKPATH, also with `.awk`. */
export function* sourceText(io: Io, name: string): Run<string> {
  if (name === '-') return decode(yield* io.sys.readFile('/dev/stdin'))
  const directories = name.includes('/') ? [''] : (io.env('AWKPATH') || USUAL_PATH).split(':').map((d) => (d === '' || d === '.' ? '' : `${d}/`))
  for (const path of directories.flatMap((d) => [d + name, `${d}${name}.awk`])) {
    try {
      if (io.sys.stat(path).kind === 'dir') throw new Errno('EISDIR')
      return decode(yield* io.sys.readFile(path))
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error
    }
  }
  throw new Errno('ENOENT')
}

export function* included(io: Io, piece: Piece, seen: Set<string>): Run<Piece[]> {
  const found = DIRECTIVE.exec(piece.text)
  if (!found) return [piece]
  const [whole, , kind, name = ''] = found
  const first = piece.line ?? 1
  const line = first + piece.text.slice(0, found.index).split('\n').length - 1
  const refuse = (what: string, why: string): never => {
    io.err(`${io.name}: ${piece.name}:${line}: error: cannot open ${what} \`${name}' for reading: ${why}\n`)
    throw new Exit(1)
  }
  if (kind === 'load') return refuse('shared library', 'No such file or directory')
  const before: Piece = { name: piece.name, text: piece.text.slice(0, found.index), line: first }
  const after: Piece = { name: piece.name, text: piece.text.slice(found.index + whole.length), line }
  const within: Piece[] = []
  if (!seen.has(name)) {
    seen.add(name)
    try {
      within.push(...(yield* included(io, { name, text: yield* sourceText(io, name) }, seen)))
    } catch (error) {
      if (!isErrno(error)) throw error
      return refuse('source file', error.message)
    }
  }
  return [...(before.text.trim() === '' ? [] : [before]), ...within, ...(yield* included(io, after, seen))]
}
