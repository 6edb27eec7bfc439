/** pidof(1) of procps-ng 4.0.2: pids of programs by name, newest first. */
import { program } from '../../program'
import { readLink, readProcesses } from '../processes'

const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

export default program({
  paths: ['/usr/bin/pidof'],
  summary: 'find the process ID of a running program',
  *run(io) {
    const names: string[] = []
    const omitted = new Set<number>()
    let single = 0
    let quiet = 0
    let separator = ' '
    const args = [...io.args]
    for (let arg = args.shift(); arg !== undefined; arg = args.shift()) {
      if (arg === '-s' || arg === '--single-shot') single = 1
      else if (arg === '-q') quiet = 1
      else if (arg === '-x' || arg === '-w' || arg === '-c') continue
      else if (arg === '-o') for (const pid of (args.shift() ?? '').split(',')) omitted.add(pid === '%PPID' ? io.sys.ppid : Number(pid))
      else if (arg === '-S') separator = args.shift() ?? ' '
      else names.push(arg)
    }
    const found: number[] = []
    const all = yield* readProcesses(io.sys)
    for (const name of names) {
      const pids = all.filter((p) => {
        if (p.pid === io.sys.pid || omitted.has(p.pid)) return false
        const zero = (p.argv[0] ?? '').replace(/^-/, '')
        const exe = readLink(io.sys, `/proc/${p.pid}/exe`) ?? ''
        return name.startsWith('/') ? exe === name : zero !== '' && (base(zero) === name || base(exe) === name)
      }).map((p) => p.pid)
      found.push(...(single ? pids.slice(-1) : pids.reverse()))
    }
    if (found.length > 0 && !quiet) io.out(`${found.join(separator)}\n`)
    return found.length > 0 ? 0 : 1
  },
})
