/** logname(1) of coreutils 9.1: the user of /proc/self/loginuid (getlogin(3)). */
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { accounts } from '../accounts'
import { atMost, command, fail } from '../command'
import { isUser, loginRecords, UTMP } from '../utmp'
import { HELP, VERSION } from './help'

const UNSET = 4294967295

/** getlogin(3): who logged in, by the audit system; else who utmp says is at this terminal. */
function* login(sys: Sys): Run<string | undefined> {
  try {
    const id = Number(decode(yield* sys.readFile('/proc/self/loginuid')))
    if (id !== UNSET) return (yield* accounts(sys)).user(id)
  } catch (error) {
    if (!isErrno(error)) throw error
  }
  try {
    const line = sys.ttyname(0).replace(/^\/dev\//, '')
    return (yield* loginRecords(sys, UTMP)).find((r) => isUser(r) && r.line === line)?.user
  } catch (error) {
    if (!isErrno(error)) throw error
    return undefined
  }
}

export default command({
  summary: "print user's login name",
  help: HELP, version: VERSION,
  *run(io, options) {
    atMost(io, options.operands, 0)
    const name = yield* login(io.sys)
    if (name === undefined) return fail(io, 'no login name')
    io.out(`${name}\n`)
    return 0
  },
})
