/** busybox renice (util-linux/renice.c). */
import { isErrno } from '../../../kernel/errno'
import { accounts } from '../../coreutils/accounts'
import { numericNames, readText } from '../../procps/processes'
import type { Io } from '../../program'
import { showUsage, wholeNumber } from '../applet'

const NICE = 16

export default function* renice(io: Io) {
  const { sys } = io
  const args = [...io.args]
  const adds = args[0] === '-n'
  if (adds) args.shift()
  const text = args.shift()
  if (text === undefined) return showUsage(io)
  const amount = wholeNumber(io, text)
  const niceOf = function* (pid: number) {
    const stat = yield* readText(sys, `/proc/${pid}/stat`)
    return stat ? Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[NICE]) : undefined
  }
  let which = 'p'
  let status = 0
  const say = (message: string): void => {
    io.err(`renice: ${message}\n`)
    status = 1
  }
  for (const word of args) {
    if (/^-[pgu]$/.test(word)) {
      which = word.charAt(1)
      continue
    }
    let id: number | undefined
    if (which === 'u') {
      id = (yield* accounts(sys)).users.find((user) => user.name === word)?.id
      if (id === undefined) {
        say(`unknown user ${word}`)
        continue
      }
    } else if (/^\d+$/.test(word)) id = Number(word)
    else {
      say(`invalid number '${word}'`)
      continue
    }
    const wanted = id
    const pids = which === 'p' ? [wanted === 0 ? sys.pid : wanted] : numericNames(sys, '/proc').filter((pid) => (which === 'u' ? sys.stat(`/proc/${pid}`).uid === wanted : sys.getpgid(pid) === wanted))
    const before: number[] = []
    for (const pid of pids) {
      const nice = yield* niceOf(pid)
      if (nice !== undefined) before.push(nice)
    }
    if (before.length === 0) {
      say(`${adds ? 'getpriority' : 'setpriority'}: No such process`)
      continue
    }
    const priority = Math.max(-20, Math.min(19, adds ? Math.min(...before) + amount : amount))
    try {
      for (const pid of pids) sys.setNice(priority, pid)
    } catch (error) {
      if (!isErrno(error)) throw error
      say(`setpriority: ${error.message}`)
    }
  }
  return status
}
