/** busybox killall (procps/kill.c): by the name of the program. */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { SIG } from '../../../kernel/signals'
import { readProcesses } from '../../procps/processes'
import type { Io } from '../../program'

export default function* killall(io: Io): Run<number> {
  const args = [...io.args]
  let quiet = false
  let signo: number = SIG.SIGTERM
  while (/^-./.test(args[0] ?? '')) {
    const word = (args.shift() ?? '').slice(1)
    if (word === 'q') quiet = true
    else {
      const text = word === 's' ? (args.shift() ?? '') : word
      const name = `SIG${text.toUpperCase().replace(/^SIG/, '')}`
      const found = /^\d+$/.test(text) ? Number(text) : Object.entries(SIG).find(([known]) => known === name)?.[1]
      if (found === undefined) {
        io.err(`killall: bad signal name '${text}'\n`)
        return 1
      }
      signo = found
    }
  }
  if (args.length === 0) {
    io.err('killall: you need to specify whom to kill\n')
    return 1
  }
  let failures = 0
  const all = yield* readProcesses(io.sys)
  for (const name of args) {
    const found = all.filter((p) => p.pid !== io.sys.pid && (p.comm === name.slice(0, 15) || p.argv[0]?.replace(/^.*\//, '') === name))
    if (found.length === 0 && !quiet) io.err(`killall: ${name}: no process killed\n`)
    if (found.length === 0) failures++
    for (const p of found) {
      try {
        io.sys.kill(p.pid, signo)
      } catch (error) {
        if (!isErrno(error)) throw error
        io.err(`killall: can't kill pid ${p.pid}: ${error.message}\n`)
        failures++
      }
    }
  }
  return failures
}
