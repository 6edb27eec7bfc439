/** renice(1) of util-linux 2.38.1. */
import { Errno } from '../../../kernel/errno'
import { program } from '../../program'
import { accounts } from '../../coreutils/accounts'
import { numericNames, readText } from '../../procps/processes'
import { HELP } from './help'

type What = 'process ID' | 'process group ID' | 'user ID'

export default program({
  summary: 'alter priority of running processes',
  *run(io) {
    const { sys } = io
    const args = [...io.args]
    const usage = (message: string): number => {
      io.err(`renice: ${message}\nTry 'renice --help' for more information.\n`)
      return 1
    }
    if (args[0] === '-h' || args[0] === '--help') {
      io.out(HELP)
      return 0
    }
    if (args[0] === '-V' || args[0] === '-v' || args[0] === '--version') {
      io.out('renice from util-linux 2.38.1\n')
      return 0
    }
    if (args[0] === '-n' || args[0] === '--priority' || args[0] === '--relative') args.shift()
    if (args.length < 2) return usage('not enough arguments')
    const text = args.shift() ?? ''
    if (!/^[+-]?\d+$/.test(text)) return usage(`invalid priority '${text}'`)
    const priority = Number(text)
    let what: What = 'process ID'
    let code = 0
    const nice = function* (pid: number) {
      const stat = (yield* readText(sys, `/proc/${pid}/stat`)) ?? ''
      return stat === '' ? undefined : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])
    }
    for (const word of args) {
      if (word === '-g' || word === '--pgrp') what = 'process group ID'
      else if (word === '-u' || word === '--user') what = 'user ID'
      else if (word === '-p' || word === '--pid') what = 'process ID'
      else {
        let id = Number(word)
        if (what === 'user ID') {
          const found = (yield* accounts(sys)).users.find((u) => u.name === word)?.id ?? (/^\d+$/.test(word) ? Number(word) : undefined)
          if (found === undefined) {
            io.err(`renice: unknown user ${word}\n`)
            code = 1
            continue
          }
          id = found
        } else if (!/^\d+$/.test(word)) {
          io.err(`renice: bad ${what} value: ${word}\n`)
          code = 1
          continue
        }
        const pids = what === 'process ID' ? [id] : numericNames(sys, '/proc').filter((pid) => (what === 'user ID' ? sys.stat(`/proc/${pid}`).uid === id : sys.getpgid(pid) === id))
        const before = pids[0] === undefined ? undefined : yield* nice(pids[0])
        if (before === undefined) {
          io.err(`renice: failed to get priority for ${id} (${what}): No such process\n`)
          code = 1
          continue
        }
        try {
          for (const pid of pids) sys.setNice(Math.max(-20, Math.min(19, priority)), pid)
          io.out(`${id} (${what}) old priority ${before}, new priority ${yield* nice(pids[0] ?? id)}\n`)
        } catch (error) {
          if (!(error instanceof Errno)) throw error
          io.err(`renice: failed to set priority for ${id} (${what}): ${error.message}\n`)
          code = 1
        }
      }
    }
    return code
  },
})
