/** users(1) of coreutils 9.1. */
import { command, extraOperand } from '../command'
import { isUser, loginRecords, UTMP } from '../utmp'
import { HELP, VERSION } from './help'

export default command({
  summary: 'print the user names of users currently logged in',
  help: HELP, version: VERSION,
  *run(io, options) {
    const [file = UTMP, extra] = options.operands
    if (extra !== undefined) return extraOperand(io, extra)
    const names = (yield* loginRecords(io.sys, file)).filter(isUser).map((r) => r.user).sort()
    if (names.length > 0) io.out(`${names.join(' ')}\n`)
    return 0
  },
})
