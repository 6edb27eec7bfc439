/** Redirections (bash(1), REDIRECTION): applied in order; undone afterwards where the shell itself runs the command. */
import type { HereDoc, Redirection } from 'unbash'
import { encode } from '../../kernel/bytes'
import { Errno, isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { OpenFlags } from '../../kernel/sys'
import { RedirectError } from '../control'
import { expandHere, expandString, expandWord } from '../expand/words'
import type { Shell } from '../shell'

/** Puts back what redirections have covered. */
export type Undo = () => void

const FLAGS: Readonly<Record<string, OpenFlags>> = {
  '<': { read: true },
  '>': { write: true, create: true, truncate: true },
  '>|': { write: true, create: true, truncate: true },
  '>>': { write: true, create: true, append: true },
  '<>': { read: true, write: true, create: true },
  '&>': { write: true, create: true, truncate: true },
  '&>>': { write: true, create: true, append: true },
}
const SAVED_FROM = 10
const HERE_PIPE = 65536

export function* redirect(shell: Shell, redirections: readonly Redirection[], keep: 'undoable' | 'final'): Run<Undo> {
  const { sys } = shell
  const saved: { fd: number; copy: number }[] = []
  const undo = (): void => {
    for (const { fd, copy } of saved.reverse()) {
      if (copy < 0) {
        if (sys.isOpen(fd)) sys.close(fd)
      } else {
        sys.dup2(copy, fd)
        sys.close(copy)
      }
    }
  }
  let moving = 0
  let shown: string | undefined
  const save = (fd: number): void => {
    moving = fd
    if (keep === 'final' || saved.some((entry) => entry.fd === fd)) return
    if (!sys.isOpen(fd)) {
      saved.push({ fd, copy: -1 })
      return
    }
    const copy = sys.dup(fd, SAVED_FROM)
    sys.setCloseOnExec(copy, true)
    saved.push({ fd, copy })
  }
  const move = (from: number, fd: number): void => {
    if (from === fd) return
    sys.dup2(from, fd)
    sys.close(from)
  }
  try {
    for (const item of redirections) {
      // bash names the descriptor that was to be copied where one is given (`2>&1`).
      shown = /^(\d+)-?$/.exec(('target' in item ? item.target?.text : undefined) ?? '')?.[1]
      yield* one(shell, item, save, move)
    }
  } catch (error) {
    undo()
    if (!isErrno(error)) throw error
    // Files that cannot be opened are told where they are: what is left is a descriptor that could not be moved.
    if (isErrno(error, 'EMFILE')) yield* sys.write(2, encode(`${shell.name}: redirection error: cannot duplicate fd: ${error.message}\n`))
    throw new RedirectError(`${shown ?? moving}: ${error.message}`)
  }
  return undo
}

function* one(shell: Shell, item: Redirection, save: (fd: number) => void, move: (from: number, fd: number) => void): Run {
  const { sys } = shell
  const named = item.descriptor?.type === 'FileDescriptorVariable' ? item.descriptor.name : undefined
  const given = item.descriptor?.type === 'FileDescriptor' ? item.descriptor.value : undefined
  if (item.type === 'HereDoc' || item.type === 'HereString') {
    const fd = given ?? 0
    const text = item.type === 'HereString' ? `${yield* expandString(shell, ('target' in item ? item.target?.text : undefined) ?? '')}\n` : item.delimiter?.quoted ? hereBody(item) : yield* expandHere(shell, hereBody(item))
    const source = yield* hereDescriptor(shell, text)
    save(fd)
    move(source, fd)
    return
  }
  const { operator } = item
  const word = ('target' in item ? item.target?.text : undefined) ?? ''
  if (operator === '>&' || operator === '<&') {
    const target = yield* expandString(shell, word)
    const fd = given ?? (operator === '>&' ? 1 : 0)
    if (target === '-') {
      const closing = named === undefined ? fd : Number(yield* expandString(shell, `\${${named}}`, 'none', 'double'))
      save(closing)
      if (sys.isOpen(closing)) sys.close(closing)
      return
    }
    const from = /^(\d+)(-?)$/.exec(target)
    if (from) {
      const number = Number(from[1])
      if (!sys.isOpen(number)) throw new RedirectError(`${number}: ${new Errno('EBADF').message}`)
      if (named !== undefined) {
        shell.assign(named, String(sys.dup(number, SAVED_FROM)))
        return
      }
      save(fd)
      sys.dup2(number, fd)
      if (from[2] === '-' && number !== fd) {
        save(number)
        sys.close(number)
      }
      return
    }
    if (operator === '<&' || given !== undefined) throw new RedirectError(`${word}: ambiguous redirect`)
    yield* both(shell, target, '&>', save, move)
    return
  }
  const names: string[] = []
  yield* expandWord(shell, word, names)
  const [path] = names
  if (path === undefined || names.length > 1) throw new RedirectError(`${word}: ambiguous redirect`)
  if (operator === '&>' || operator === '&>>') {
    yield* both(shell, path, operator, save, move)
    return
  }
  const from = yield* openFile(shell, path, operator)
  if (named !== undefined) {
    const high = sys.dup(from, SAVED_FROM)
    sys.close(from)
    shell.assign(named, String(high))
    return
  }
  const fd = given ?? (operator === '<' || operator === '<>' ? 0 : 1)
  if (from === fd) {
    return
  }
  save(fd)
  move(from, fd)
}

function* both(shell: Shell, path: string, operator: '&>' | '&>>', save: (fd: number) => void, move: (from: number, fd: number) => void): Run {
  const from = yield* openFile(shell, path, operator)
  save(1)
  move(from, 1)
  save(2)
  shell.sys.dup2(1, 2)
}

function* openFile(shell: Shell, path: string, operator: string): Run<number> {
  const flags = FLAGS[operator] ?? { read: true }
  if (shell.options.has('noclobber') && (operator === '>' || operator === '&>')) {
    try {
      if (shell.sys.stat(path).kind === 'file') throw new RedirectError(`${path}: cannot overwrite existing file`)
    } catch (error) {
      if (!isErrno(error)) throw error
    }
  }
  for (;;) {
    try {
      return yield* shell.sys.open(path, flags, 0o666)
    } catch (error) {
      if (isErrno(error, 'EINTR') && !shell.interrupted) continue
      if (!isErrno(error)) throw error
      throw new RedirectError(`${path}: ${error.message}`)
    }
  }
}

/** `<<-` drops the tabs that lines begin with. */
function hereBody(item: HereDoc): string {
  const { text } = item.body
  // A document that the end of the text has closed ends with a newline all the same.
  const whole = text === '' || text.endsWith('\n') ? text : `${text}\n`
  return item.operator === '<<-' ? whole.replace(/^\t+/gm, '') : whole
}

/** A here document is a pipe when it fits into one, else a file that has no name any more (bash 5.1, redir.c). */
function* hereDescriptor(shell: Shell, text: string): Run<number> {
  const { sys } = shell
  const bytes = encode(text)
  if (sys.descriptors().length + 1 >= sys.getRlimits().nofile.soft) throw new RedirectError(`cannot create temp file for here-document: ${new Errno('EMFILE').message}`)
  if (bytes.length <= HERE_PIPE) {
    const pipe = sys.pipe()
    if (bytes.length > 0) yield* sys.write(pipe.write, bytes)
    sys.close(pipe.write)
    return pipe.read
  }
  const path = `/tmp/sh-thd.${(sys.random() >>> 0).toString(36)}`
  yield* sys.writeFile(path, bytes, { mode: 0o600 })
  const fd = yield* sys.open(path, { read: true })
  sys.unlink(path)
  return fd
}
