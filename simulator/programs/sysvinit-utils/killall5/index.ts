/** pidof(8) of sysvinit-utils 3.06, which is killall5 under another name. Recording: query/ps. */
import { isErrno } from '../../../kernel/errno'
import { program } from '../../program'
import { numericNames, readLink, readText } from '../../procps/processes'

const HELP = `pidof usage: [options] <program-name>

 -c           Return PIDs with the same root directory
 -d <sep>     Use the provided character as output separator
 -h           Display this help text
 -n           Avoid using stat system function on network shares
 -o <pid>     Omit results with a given PID
 -q           Quiet mode. Do not display output
 -s           Only return one PID
 -x           Return PIDs of shells running scripts with a matching name
 -z           List zombie and I/O waiting processes. May cause pidof to hang.

`
const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

export default program({
  paths: ['/sbin/killall5', '/bin/pidof'],
  summary: 'find the process ID of a running program',
  *run(io) {
    const { sys } = io
    if (io.name !== 'pidof') {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    // What is wrong goes to the terminal where there is one, to the system log otherwise.
    const say = (message: string): void => {
      if (sys.isatty(0)) io.err(`pidof: ${message}\n\n`)
    }
    const flags = new Set<string>()
    const omitted = new Set<number>()
    const names: string[] = []
    let separator = ' '
    const args = [...io.args]
    for (let arg = args.shift(); arg !== undefined; arg = args.shift()) {
      if (arg === '--') names.push(...args.splice(0))
      else if (!arg.startsWith('-') || arg === '-') names.push(arg)
      else
        for (let i = 1; i < arg.length; i++) {
          const c = arg[i] ?? ''
          if (c === 'o' || c === 'd') {
            const value = arg.slice(i + 1) || args.shift()
            if (value === undefined) {
              say('invalid options on command line!')
              return 1
            }
            if (c === 'd') separator = value
            else
              for (const word of value.split(/[,;]/)) {
                const pid = word === '%PPID' ? sys.ppid : Number.parseInt(word, 10)
                if (!(pid > 0)) {
                  say(`illegal omit pid value (${word})!`)
                  return 1
                }
                omitted.add(pid)
              }
            break
          }
          if (c === 'h') {
            io.out(HELP)
            return 0
          }
          if (!'cnqsxz'.includes(c)) {
            say('invalid options on command line!')
            return 1
          }
          flags.add(c)
        }
    }
    const inodeOf = (path: string): string | undefined => {
      try {
        const { dev, ino } = sys.stat(path)
        return `${dev}:${ino}`
      } catch (error) {
        if (!isErrno(error)) throw error
        return undefined
      }
    }
    const ownRoot = flags.has('c') ? inodeOf('/proc/self/root') : undefined
    const all: { pid: number; argv: string[]; comm: string; exe: string; state: string; root: string | undefined }[] = []
    for (const pid of numericNames(sys, '/proc')) {
      const stat = yield* readText(sys, `/proc/${pid}/stat`)
      if (stat === undefined || pid === sys.pid) continue
      const line = (yield* readText(sys, `/proc/${pid}/cmdline`)) ?? ''
      const argv = line === '' ? [] : line.replace(/\0$/, '').split('\0')
      const root = flags.has('c') ? inodeOf(`/proc/${pid}/root`) : undefined
      all.push({ pid, argv, comm: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')), exe: readLink(sys, `/proc/${pid}/exe`) ?? '', state: stat.slice(stat.lastIndexOf(')') + 2)[0] ?? '', root })
    }
    const found: number[] = []
    for (const name of names) {
      const file = name.startsWith('/') ? inodeOf(name) : undefined
      const matching = all.filter((p) => {
        if (p.state === 'Z' && !flags.has('z')) return false
        if (flags.has('c') && p.root !== ownRoot) return false
        if (file !== undefined && inodeOf(`/proc/${p.pid}/exe`) === file) return true
        const zero = (p.argv[0] ?? '').replace(/^-/, '')
        if (zero === name || base(zero) === base(name) || (p.argv.length === 0 && p.comm === name)) return true
        // A title that it gave itself (setproctitle(3)): then its name counts.
        if (zero.includes(' ') && p.comm === base(name)) return true
        // A script: its interpreter's first operand.
        return flags.has('x') && p.argv.length > 1 && base(p.argv[1] ?? '') === base(name) && p.comm === base(name).slice(0, 15)
      }).map((p) => p.pid).filter((pid) => !omitted.has(pid)).reverse()
      found.push(...(flags.has('s') ? matching.slice(0, 1) : matching))
      if (flags.has('s') && found.length > 0) break
    }
    if (found.length > 0 && !flags.has('q')) io.out(`${found.join(separator)}\n`)
    return found.length > 0 ? 0 : 1
  },
})
