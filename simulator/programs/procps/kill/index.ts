/** kill(1) of procps-ng 4.0.2: the program, not the shell's builtin. Recording: query/ps. */
import { Errno } from '../../../kernel/errno'
import { program } from '../../program'
import { convertSignal, listSignals, numberOf, tableSignals, takeSignal } from '../signals'
import { HELP } from './help'

export default program({
  paths: ['/bin/kill'],
  summary: 'send a signal to a process',
  *run(io) {
    const zero = io.sys.argv[0] ?? io.name
    const { args, signo: first } = takeSignal(io.args)
    let signo = first ?? 15
    const pids: string[] = []
    const usage = (message = ''): never => {
      io.err(message + HELP)
      return io.exit(1)
    }
    if (io.args.length === 0) usage()
    for (let i = 0; i < args.length; i++) {
      const arg = args[i] ?? ''
      const [name, given] = arg.split(/=(.*)/s)
      const value = (): string => given ?? args[++i] ?? usage(`${zero}: invalid argument ${arg[1] === '-' ? '\0' : arg[1]}\n`)
      if (arg === '--') {
        pids.push(...args.slice(i + 1))
        break
      }
      if (arg === '-l' || name === '--list' || /^-l./.test(arg)) {
        const what = /^-l./.test(arg) ? arg.slice(2) : (given ?? (args[i + 1]?.startsWith('-') === false ? args[i + 1] : undefined))
        const converted = what === undefined ? listSignals() : convertSignal(what)
        if (converted === undefined) io.err(`${zero}: unknown signal name ${what}\n`)
        else io.out(what === undefined ? converted : `${converted}\n`)
        return 0
      }
      if (arg === '-L' || arg === '--table') {
        io.out(tableSignals())
        return 0
      }
      if (arg === '-h' || arg === '--help' || arg === '-V' || arg === '--version') {
        io.out(arg === '-h' || arg === '--help' ? HELP : `${io.name} from procps-ng 4.0.2\n`)
        return 0
      }
      if (arg === '-s' || name === '--signal' || /^-s./.test(arg)) signo = numberOf(/^-s./.test(arg) ? arg.slice(2) : value()) ?? -1
      else if (arg === '-q' || name === '--queue') value()
      else if (/^-\d/.test(arg)) pids.push(arg)
      else if (arg.startsWith('-')) usage(`${zero}: invalid argument ${arg[1] === '-' ? '\0' : arg[1]}\n`)
      else pids.push(arg)
    }
    if (pids.length === 0) usage()
    let code = 0
    for (const word of pids) {
      if (!/^[+-]?\d+$/.test(word)) {
        io.err(`${zero}: failed to parse argument: '${word}'\n`)
        return 1
      }
      try {
        // A signal that there is not is noticed only when there is such a process.
        if (signo < 0) io.sys.kill(Number(word), 0)
        io.sys.kill(Number(word), signo)
      } catch (error) {
        if (!(error instanceof Errno)) throw error
        io.err(`${zero}: (${Number(word)}): ${error.message}\n`)
        code = 1
      }
    }
    return code
  },
})
