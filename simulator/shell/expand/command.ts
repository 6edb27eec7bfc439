/** `$(…)` and `<(…)`: a forked child whose output (or input) is a pipe (bash(1), "Command Substitution", "Process Substitution"). */
import { concat, decode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { statusCode } from '../jobs'
import { ownPipe } from '../own-pipe'
import type { Shell } from '../shell'
import { expandString } from './words'

const CHUNK = 65536

export function* commandSubstitute(shell: Shell, source: string): Run<string> {
  const file = /^\s*<\s*([^\s;&|<>()]+)\s*$/.exec(source)
  if (file) {
    const path = yield* expandString(shell, file[1] as string)
    try {
      shell.substitutionStatus = 0
      return trimmed(decode(yield* shell.sys.readFile(shell.path(path))))
    } catch (error) {
      if (!isErrno(error)) throw error
      yield* shell.error(`${path}: ${error.message}`)
      shell.substitutionStatus = 1
      return ''
    }
  }
  const { sys } = shell
  const pipe = yield* ownPipe(shell, 'cannot make pipe for command substitution')
  if (!pipe) return ''
  const pid = yield* shell.fork(
    function* (child) {
      child.sys.close(pipe.read)
      if (pipe.write !== 1) {
        child.sys.dup2(pipe.write, 1)
        child.sys.close(pipe.write)
      }
      if (!child.options.isShopt('inherit_errexit') && !child.options.has('posix')) child.options.turn('errexit', 'off')
      return yield* child.runSubstitution(source)
    },
    { purpose: 'substitution' },
  )
  sys.close(pipe.write)
  const parts: Uint8Array[] = []
  for (;;) {
    try {
      const bytes = yield* sys.read(pipe.read, CHUNK)
      if (bytes.length === 0) break
      parts.push(bytes)
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
      if (shell.interrupted) break
    }
  }
  sys.close(pipe.read)
  const status = yield* shell.jobs.waitForPid(pid)
  shell.substitutionStatus = statusCode(status)
  shell.status = shell.substitutionStatus
  yield* shell.checkSignals()
  const text = decode(concat(parts.length === 0 ? [new Uint8Array(0)] : parts))
  return trimmed(text.includes('\0') ? text.replaceAll('\0', '') : text)
}

function trimmed(text: string): string {
  let end = text.length
  while (end > 0 && text.charCodeAt(end - 1) === 10) end--
  return end === text.length ? text : text.slice(0, end)
}

/** The path under /dev/fd that stands for the other end. The descriptor lives until the command ends. */
export function* processSubstitute(shell: Shell, operator: '<' | '>', source: string): Run<string> {
  const { sys } = shell
  const pipe = yield* ownPipe(shell, 'cannot make pipe for process substitution')
  if (!pipe) return ''
  const mine = operator === '<' ? pipe.read : pipe.write
  const theirs = operator === '<' ? pipe.write : pipe.read
  let fd = 63
  while (sys.isOpen(fd) && fd > 10) fd--
  sys.dup2(mine, fd)
  sys.close(mine)
  const pid = yield* shell.fork(
    function* (child) {
      child.sys.close(fd)
      const target = operator === '<' ? 1 : 0
      child.sys.dup2(theirs, target)
      child.sys.close(theirs)
      return yield* child.runSubstitution(source)
    },
    { purpose: 'process-substitution' },
  )
  sys.close(theirs)
  shell.substitutionDescriptors.push(fd)
  shell.lastBackground = pid
  shell.jobs.watch(pid)
  return `/dev/fd/${fd}`
}
