/** busybox time (miscutils/time.c): runs a program and tells what it took. -v, -f, -o and -a are not simulated. */
import { encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import { execute } from '../../coreutils/execute'
import { applet, showUsage } from '../applet'

const NANOSECONDS = 1e9
const CANNOT_EXECUTE = { found: 126, missing: 127 }

export default applet('+vpao:f:', function* (io, given) {
  const { sys } = io
  if (given.operands.length === 0) return showUsage(io)
  if (given.has('v', 'a', 'o', 'f')) {
    io.err('time: not simulated in this lab\n')
    return 125
  }
  yield* io.flush()
  const before = sys.now()
  const used = sys.times()
  const pid = sys.fork(function* (child) {
    try {
      return yield* execute(child, given.operands)
    } catch (error) {
      if (!isErrno(error)) throw error
      yield* child.write(2, encode(`time: can't execute '${given.operands[0]}': ${error.message}\n`))
      return isErrno(error, 'ENOENT') ? CANNOT_EXECUTE.missing : CANNOT_EXECUTE.found
    }
  })
  const status = (yield* sys.wait(pid))?.status
  const after = sys.now()
  const spent = sys.times()
  const rows = [
    ['real', after.sec - before.sec + (after.nsec - before.nsec) / NANOSECONDS],
    ['user', (spent.childUser - used.childUser) / NANOSECONDS],
    ['sys', (spent.childSystem - used.childSystem) / NANOSECONDS],
  ] as const
  const code = status?.kind === 'exited' ? status.code : status?.kind === 'signaled' ? status.signo : 0
  if (status?.kind === 'signaled') io.err(`Command terminated by signal ${status.signo}\n`)
  else if (code !== 0) io.err(`Command exited with non-zero status ${code}\n`)
  for (const [name, seconds] of rows) {
    const whole = Math.floor(seconds / 60)
    const text = given.has('p') ? seconds.toFixed(2) : `${whole}m ${(Math.floor((seconds - whole * 60) * 100) / 100).toFixed(2)}s`
    io.err(given.has('p') ? `${name} ${text}\n` : `${name}\t${text}\n`)
  }
  return code
})
