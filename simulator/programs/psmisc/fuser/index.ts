/** fuser(1) of PSmisc 23.6. Recording: none; compared with the real one. */
import { Errno, isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { accounts } from '../../coreutils/accounts'
import { type Io, program } from '../../program'
import { listSignals, numberOf } from '../../procps/signals'
import { numericNames, readLink, readText } from '../../procps/processes'
import { versionText } from '../version'
import { USAGE } from './help'

type Access = 'root' | 'cwd' | 'exe' | 'file' | 'write' | 'map'
interface User {
  readonly pid: number
  readonly uid: number
  readonly comm: string
  readonly access: Set<Access>
}
/** What is asked for: a file or file system by device and inode, or sockets by their numbers. */
interface Wanted {
  readonly label: string
  matches(stat: { readonly dev: number; readonly ino: number }): boolean
  readonly sockets: ReadonlySet<string>
  /** Where it is mounted, if it is a mount or is asked for as one. */
  readonly mount: string | undefined
}

const NAME_FIELD = 20
const LETTERS = 'aikImMnsuvwfc46'

function statOf(sys: Sys, path: string): ReturnType<Sys['stat']> | undefined {
  try {
    return sys.stat(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    return undefined
  }
}

/** `[local][,[remote][,[port]]]`: inodes of the sockets of this network namespace with that local port. */
function* socketsOf(sys: Sys, space: 'tcp' | 'udp', name: string, families: ReadonlySet<string>): Run<Set<string>> {
  const [local = '', , remotePort = ''] = name.split(',')
  const found = new Set<string>()
  for (const file of [...(families.has('6') ? [] : [space]), ...(families.has('4') ? [] : [`${space}6`])])
    for (const line of ((yield* readText(sys, `/proc/net/${file}`)) ?? '').split('\n').slice(1)) {
      const f = line.trim().split(/\s+/)
      const port = (text: string | undefined): number => Number.parseInt((text ?? '').split(':')[1] ?? '', 16)
      if (local !== '' && port(f[1]) !== Number(local)) continue
      if (remotePort !== '' && port(f[2]) !== Number(remotePort)) continue
      const inode = f[9]
      if (inode !== undefined && inode !== '0') found.add(inode)
    }
  return found
}

/** The number of a service by services(5). */
function* servicePort(sys: Sys, name: string, protocol: string): Run<string | undefined> {
  for (const line of ((yield* readText(sys, '/etc/services')) ?? '').split('\n')) {
    const [first, port, ...aliases] = (line.split('#')[0] ?? '').trim().split(/\s+/)
    if (port?.endsWith(`/${protocol}`) && [first, ...aliases].includes(name)) return port.split('/')[0]
  }
  return undefined
}

function* usersOf(sys: Sys, wanted: Wanted): Run<User[]> {
  const all: User[] = []
  for (const pid of numericNames(sys, '/proc')) {
    if (pid === sys.pid) continue
    const dir = `/proc/${pid}`
    const access = new Set<Access>()
    const look = (name: string, kind: Access): void => {
      const stat = statOf(sys, `${dir}/${name}`)
      if (stat && wanted.matches(stat)) access.add(kind)
    }
    if (wanted.sockets.size === 0) {
      look('cwd', 'cwd')
      look('exe', 'exe')
      look('root', 'root')
    }
    for (const fd of numericNames(sys, `${dir}/fd`)) {
      const socket = /^socket:\[(\d+)\]$/.exec(readLink(sys, `${dir}/fd/${fd}`) ?? '')?.[1]
      const stat = socket === undefined && wanted.sockets.size === 0 ? statOf(sys, `${dir}/fd/${fd}`) : undefined
      if (!(socket !== undefined && wanted.sockets.has(socket)) && !(stat && wanted.matches(stat))) continue
      access.add('file')
      const flags = /^flags:\s+(\d+)/m.exec((yield* readText(sys, `${dir}/fdinfo/${fd}`)) ?? '')?.[1]
      if (flags !== undefined && (Number.parseInt(flags, 8) & 3) !== 0) access.add('write')
    }
    if (access.size > 0) {
      const stat = (yield* readText(sys, `${dir}/stat`)) ?? ''
      all.push({ pid, uid: sys.stat(dir).uid, comm: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')), access })
    }
    if (sys.spend(40)) yield 'preempted'
  }
  return all
}

function* confirmed(io: Io, pid: number): Run<boolean> {
  io.err(`Kill process ${pid} ? (y/N) `)
  yield* io.flush()
  const bytes = yield* io.sys.read(0, 1)
  return bytes[0] === 0x79 || bytes[0] === 0x59
}

export default program({
  paths: ['/bin/fuser'],
  summary: 'identify processes using files or sockets',
  *run(io) {
    const { sys } = io
    const flags = new Set<string>()
    const names: { text: string; space: string }[] = []
    let signo = 9
    let space = 'file'
    const usage = (message = ''): number => {
      io.err(message === '' ? USAGE : `${message}\n${USAGE}`)
      return 1
    }
    const LONG: Readonly<Record<string, string>> = {
      all: 'a', interactive: 'i', inode: 'I', kill: 'k', 'list-signals': 'l', mount: 'm', ismountpoint: 'M', namespace: 'n', silent: 's', user: 'u', verbose: 'v', writeonly: 'w', version: 'V', ipv4: '4', ipv6: '6',
    }
    const args = [...io.args]
    for (let arg = args.shift(); arg !== undefined; arg = args.shift()) {
      if (arg === '-') continue
      if (!arg.startsWith('-')) {
        names.push({ text: arg, space })
        continue
      }
      // What stands behind is not looked at.
      if (arg === '--') break
      const long = arg.startsWith('--') ? LONG[arg.slice(2)] : undefined
      if (arg.startsWith('--') && long === undefined) return usage(`${io.name}: Invalid option ${arg}`)
      const signal = arg.startsWith('--') ? undefined : /^-([A-Z]{2,}|\d{2,}|\d+$)/.test(arg) && !/^-[46]$/.test(arg) ? numberOf(arg.slice(1)) : undefined
      if (signal !== undefined) {
        signo = signal
        continue
      }
      const letters = long ?? arg.slice(1)
      for (const [i, c] of [...letters].entries()) {
        if (c === 'V') {
          io.err(versionText('fuser', '1993-2022'))
          return 0
        }
        if (c === 'l') {
          io.out(listSignals())
          return 0
        }
        if (c === 'n') {
          const named = letters.slice(i + 1) || args.shift()
          if (named === undefined) return usage('Namespace option requires an argument.')
          space = named
          if (!['file', 'tcp', 'udp'].includes(space)) return usage('Invalid namespace name')
          break
        }
        if (c === 'h') return usage()
        if (/[A-Z]/.test(c) && !LETTERS.includes(c)) {
          io.err(`${letters}: unknown signal; fuser -l lists signals.\n`)
          return 1
        }
        if (!LETTERS.includes(c)) return usage(`${io.name}: Invalid option ${c}`)
        flags.add(c === 'c' ? 'm' : c)
      }
    }
    if (names.length === 0) return usage('No process specification given')
    const known = yield* accounts(sys)
    const verbose = flags.has('v')
    const silent = flags.has('s')
    let headed = 'no'
    let matched = 0
    let killed = 0
    let missing = 0
    for (const { text, space: within } of names) {
      const [, port = '', protocol = ''] = /^(.*)\/(tcp|udp)$/.exec(text) ?? []
      const network = within !== 'file' ? within : protocol !== '' && statOf(sys, text) === undefined ? protocol : ''
      let wanted: Wanted
      if (network === 'tcp' || network === 'udp') {
        const name = within !== 'file' ? text : port
        const [local = ''] = name.split(',')
        const number = /^\d*$/.test(local) ? local : yield* servicePort(sys, local, network)
        if (number === undefined) {
          io.err(`Cannot resolve local port ${local}: Servname not supported for ai_socktype\n`)
          missing++
          continue
        }
        wanted = { label: within !== 'file' ? `${text}/${network}` : text, matches: () => false, sockets: yield* socketsOf(sys, network, name.replace(/^[^,]*/, number), flags), mount: undefined }
        if (wanted.sockets.size === 0) continue
      } else {
        const stat = statOf(sys, text)
        if (!stat) {
          io.err(`Specified filename ${text} does not exist.\n${flags.has('a') ? `${text}:\n` : ''}`)
          missing++
          continue
        }
        const mounts = ((yield* readText(sys, '/proc/self/mountinfo')) ?? '').split('\n').map((l) => l.split(' ')[4])
        const full = sys.realpath(text)
        const isMount = mounts.includes(full)
        if (flags.has('M') && !isMount) {
          io.err(`Specified filename ${text} is not a mountpoint.\n`)
          missing++
          continue
        }
        const whole = flags.has('m')
        const holding = whole ? mounts.filter((m) => m !== undefined && (m === '/' || full === m || full.startsWith(`${m}/`))).sort((a, b) => (a?.length ?? 0) - (b?.length ?? 0)).at(-1) : undefined
        wanted = { label: full, matches: (s) => (whole ? s.dev === stat.dev : s.dev === stat.dev && s.ino === stat.ino), sockets: new Set(), mount: isMount ? full : holding }
      }
      const users = yield* usersOf(sys, wanted)
      // A mount counts where it is shown.
      if (users.length > 0 || (verbose && wanted.mount !== undefined)) matched++
      if (!silent && (users.length > 0 || flags.has('a') || (verbose && wanted.mount !== undefined))) {
        if (verbose && headed === 'no') {
          io.err(`${' '.repeat(NAME_FIELD)} USER        PID ACCESS COMMAND\n`)
          headed = 'yes'
        }
        io.err(`${wanted.label}:`)
        let length = wanted.label.length + 1
        let first = 'yes'
        const pad = (): void => {
          if (length > NAME_FIELD && verbose) {
            io.err('\n')
            length = 0
          }
          if (verbose || first === 'yes') io.err(' '.repeat(Math.max(0, NAME_FIELD - length)))
        }
        if (verbose && wanted.mount !== undefined) {
          pad()
          io.err(' root     ')
          io.out('kernel')
          io.err(` mount ${wanted.mount}\n`)
          length = 0
          first = 'no'
        }
        for (const user of users) {
          pad()
          const name = known.user(user.uid) ?? '(unknown)'
          if (verbose) io.err(` ${name.padEnd(8)} `)
          io.out(` ${String(user.pid).padStart(5)}`)
          const { access } = user
          if (verbose) {
            io.err(` ${access.has('file') ? (access.has('write') ? 'F' : 'f') : '.'}${access.has('root') ? 'r' : '.'}${access.has('cwd') ? 'c' : '.'}${access.has('exe') ? 'e' : '.'}${access.has('map') && !access.has('exe') ? 'm' : '.'} `)
          } else io.err(`${access.has('root') ? 'r' : ''}${access.has('cwd') ? 'c' : ''}${access.has('exe') ? 'e' : access.has('map') ? 'm' : ''}`)
          if (flags.has('u')) io.err(`(${name})`)
          if (verbose) io.err(`${user.comm}\n`)
          length = 0
          first = 'no'
        }
        if (!verbose || first === 'yes') io.err('\n')
      }
      if (!flags.has('k')) continue
      for (const user of users) {
        if (flags.has('w') && !user.access.has('write')) continue
        if (flags.has('i') && !(yield* confirmed(io, user.pid))) continue
        try {
          sys.kill(user.pid, signo)
          killed++
        } catch (error) {
          if (!(error instanceof Errno)) throw error
          io.err(`Could not kill process ${user.pid}: ${error.message}\n`)
        }
      }
    }
    if (missing === names.length) return 1
    return (flags.has('k') ? killed > 0 : matched > 0) ? 0 : 1
  },
})
