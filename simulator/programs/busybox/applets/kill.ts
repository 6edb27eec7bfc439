/** busybox kill (procps/kill.c). */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { SIG } from '../../../kernel/signals'
import type { Io } from '../../program'

const NAMES: readonly (readonly [string, number])[] = Object.entries(SIG).map(([name, signo]) => [name.replace(/^SIG/, ''), signo])

function signalOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) < 65 ? Number(text) : undefined
  const name = text.toUpperCase().replace(/^SIG/, '')
  return NAMES.find(([known]) => known === name)?.[1]
}

export default function* kill(io: Io): Run<number> {
  const args = [...io.args]
  if (args[0] === '-l' || args[0] === '-L') {
    const [, ...wanted] = args
    if (wanted.length === 0) for (const [name, signo] of [...NAMES].sort((a, b) => a[1] - b[1])) io.out(`${String(signo).padStart(2)}) ${name}\n`)
    for (const word of wanted) {
      const number = Number(word)
      io.out(/^\d+$/.test(word) ? `${NAMES.find(([, signo]) => signo === (number & 127))?.[0] ?? number}\n` : `${signalOf(word) ?? ''}\n`)
    }
    return 0
  }
  let signo: number = SIG.SIGTERM
  const [first = ''] = args
  if (/^-./.test(first) && first !== '--') {
    args.shift()
    const text = first === '-s' ? (args.shift() ?? '') : first.slice(1)
    const found = signalOf(text)
    if (found === undefined) {
      io.err(`kill: bad signal name '${text}'\n`)
      return 1
    }
    signo = found
  }
  if (args[0] === '--') args.shift()
  if (args.length === 0) {
    io.err('kill: you need to specify whom to kill\n')
    return 1
  }
  let failures = 0
  for (const word of args) {
    if (!/^-?\d+$/.test(word)) {
      io.err(`kill: invalid number '${word}'\n`)
      failures++
      continue
    }
    try {
      io.sys.kill(Number(word), signo)
    } catch (error) {
      if (!isErrno(error)) throw error
      io.err(`kill: can't kill pid ${word}: ${error.message}\n`)
      failures++
    }
  }
  return failures
}
