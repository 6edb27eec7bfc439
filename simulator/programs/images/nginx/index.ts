/**
 * nginx 1.25 as its image has it: a master that opens sockets and logs and minds its workers, workers that serve files. Words and order of the
 * logs, answers and signals were compared with nginx 1.22 of Debian 12.
 */
import { encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { SIG, signalName } from '../../../kernel/signals'
import type { Sys } from '../../../kernel/sys'
import { type Io, program } from '../../program'
import { listenOn } from '../listen'
import { ConfigError, NotSimulated, type Settings, settingsOf } from './config'
import { errorLine, say } from './log'
import { type Shared, work } from './worker'

const VERSION = '1.25.5'
const CONFIG = '/etc/nginx/nginx.conf'
/** What `-s` sends (nginx's documentation, "Controlling nginx"). */
const SENT: Readonly<Record<string, number>> = { stop: SIG.SIGTERM, quit: SIG.SIGQUIT, reopen: SIG.SIGUSR1, reload: SIG.SIGHUP }
const RETRY_NS = 500_000_000
const TRIES = 5

export default program({
  paths: [],
  summary: 'the web server of the nginx image: files, the welcome page, its logs',
  memory: { vmPeak: 11_300, vmSize: 11_300, vmHWM: 7_100, vmRSS: 7_100 },
  *run(io) {
    const { sys } = io
    const options = optionsOf(io)
    if (options === undefined) {
      io.err(`${io.name}: not simulated in this lab: ${io.args.join(' ')}\n`)
      return 125
    }
    if (options.shows === 'version') {
      io.err(`nginx version: nginx/${VERSION}\n`)
      return 0
    }
    try {
      const settings = yield* settingsOf(sys, options.file, options.directives, (yield* sys.readText('/proc/cpuinfo')).match(/^processor/gm)?.length ?? 1)
      if (options.shows === 'test') {
        io.err(`nginx: the configuration file ${options.file} syntax is ok\nnginx: configuration file ${options.file} test is successful\n`)
        return 0
      }
      if (options.sends !== undefined) return yield* send(io, settings, options.sends)
      if (settings.daemon === 'off') return yield* master(sys, settings, options.file, options.directives)
      sys.fork(function* (child) {
        child.setsid()
        return yield* master(child, settings, options.file, options.directives)
      })
      return 0
    } catch (error) {
      if (error instanceof NotSimulated) {
        io.err(`nginx: not simulated in this lab: ${error.message}\n`)
        return 125
      }
      if (!(error instanceof ConfigError)) throw error
      io.err(`${errorLine(sys, 'emerg', error.message)}${options.shows === 'test' ? `nginx: configuration file ${options.file} test failed\n` : `nginx: [emerg] ${error.message}\n`}`)
      return 1
    }
  },
})

interface Options {
  readonly file: string
  readonly directives: string
  readonly shows: 'version' | 'test' | undefined
  readonly sends: string | undefined
}

function optionsOf({ args }: Io): Options | undefined {
  let options: Options = { file: CONFIG, directives: '', shows: undefined, sends: undefined }
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (arg === '-v') options = { ...options, shows: 'version' }
    else if (arg === '-t') options = { ...options, shows: 'test' }
    else if (arg === '-g') options = { ...options, directives: args[++i] ?? '' }
    else if (arg === '-c') options = { ...options, file: args[++i] ?? '' }
    else if (arg === '-s' && (args[i + 1] ?? '') in SENT) options = { ...options, sends: args[++i] }
    else return undefined
  }
  return options
}

function* send(io: Io, settings: Settings, what: string): Run<number> {
  let text: string
  try {
    text = yield* io.sys.readText(settings.pidFile)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new ConfigError(`open() "${settings.pidFile}" failed (2: ${error.message})`)
  }
  io.sys.kill(Number(text), SENT[what] ?? SIG.SIGTERM)
  return 0
}

interface User {
  readonly uid: number
  readonly gid: number
}

/** Where bodies of requests and answers of others are kept for a while; they belong to the workers. */
function makeTemporary(sys: Sys, { uid, gid }: User): void {
  for (const kind of ['client', 'proxy', 'fastcgi', 'uwsgi', 'scgi']) {
    const path = `/var/cache/nginx/${kind}_temp`
    try {
      sys.mkdir(path, 0o700)
    } catch (error) {
      if (!isErrno(error)) throw error
      if (error.code === 'EEXIST') continue
      throw new ConfigError(`mkdir() "${path}" failed (${error.number}: ${error.message})`)
    }
    sys.chown(path, uid, gid)
  }
}

function* open(sys: Sys, settings: Settings): Run<Shared> {
  const errorLog = yield* sys.open(settings.errorLog, { write: true, create: true, append: true }, 0o644)
  const accessLog = yield* sys.open(settings.accessLog, { write: true, create: true, append: true }, 0o644)
  const listening: Shared['listening'][number][] = []
  for (const { server, at } of settings.servers.flatMap((server) => server.listens.map((at) => ({ server, at })))) {
    for (let tries = 1; ; tries++) {
      try {
        listening.push({ fd: listenOn(sys, at.port, at.address), server })
        break
      } catch (error) {
        if (!isErrno(error)) throw error
        const words = `bind() to ${at.address.includes(':') ? `[${at.address}]` : at.address}:${at.port} failed (${error.number}: ${error.message})`
        if (error.code !== 'EADDRINUSE') throw new ConfigError(words)
        yield* sys.write(errorLog, encode(`${errorLine(sys, 'emerg', words)}nginx: [emerg] ${words}\n`))
        if (tries === TRIES) throw new ConfigError('still could not bind()')
        yield* sys.sleep(RETRY_NS)
      }
    }
  }
  return { settings, version: VERSION, errorLog, accessLog, listening }
}

function* userOf(sys: Sys, name: string): Run<User> {
  const line = (yield* sys.readText('/etc/passwd')).split('\n').find((l) => l.startsWith(`${name}:`))
  if (line === undefined) throw new ConfigError(`getpwnam("${name}") failed in ${CONFIG}:2`)
  const [, , uid = '0', gid = '0'] = line.split(':')
  return { uid: Number(uid), gid: Number(gid) }
}

function* master(sys: Sys, settings: Settings, file: string, directives: string): Run<number> {
  const user = yield* userOf(sys, settings.user)
  makeTemporary(sys, user)
  let shared = yield* open(sys, settings)
  const notice = (text: string): Run => say(sys, shared.errorLog, text)
  const came: number[] = []
  for (const signo of [SIG.SIGQUIT, SIG.SIGTERM, SIG.SIGINT, SIG.SIGHUP, SIG.SIGUSR1, SIG.SIGCHLD]) sys.signal(signo, (n) => void came.push(n))
  yield* notice('using the "epoll" event method')
  yield* notice(`nginx/${VERSION}`)
  yield* notice('built by gcc 12.2.0 (Debian 12.2.0-14) ')
  yield* notice(`OS: Linux ${sys.uname().release}`)
  const { nofile } = sys.getRlimits()
  yield* notice(`getrlimit(RLIMIT_NOFILE): ${nofile.soft}:${nofile.hard}`)
  yield* sys.writeFile(settings.pidFile, encode(`${sys.pid}\n`), { mode: 0o644 })
  sys.setTitle(`nginx: master process ${sys.argv.join(' ')}`)
  const workers = new Set<number>()
  const start = function* (): Run {
    const given = shared
    const pid = sys.fork((child) => work(child, given, user))
    workers.add(pid)
    yield* notice(`start worker process ${pid}`)
  }
  const startAll = function* (): Run {
    yield* notice('start worker processes')
    for (let i = 0; i < shared.settings.workers; i++) yield* start()
  }
  const tell = (signo: number): void => {
    for (const pid of workers) sys.kill(pid, signo)
  }
  yield* startAll()
  let isEnding = false
  for (;;) {
    while (came.length === 0) {
      try {
        yield* sys.pause()
      } catch (error) {
        if (!isErrno(error, 'EINTR')) throw error
      }
    }
    const signo = came.shift() ?? 0
    switch (signo) {
      case SIG.SIGCHLD:
        for (;;) {
          const ended = workers.size === 0 ? null : yield* sys.wait(-1, { noHang: true })
          if (!ended) break
          const known = workers.delete(ended.pid)
          yield* notice(`signal 17 (SIGCHLD) received from ${ended.pid}`)
          if (ended.status.kind === 'signaled') yield* say(sys, shared.errorLog, `worker process ${ended.pid} exited on signal ${ended.status.signo}`, 'alert')
          else yield* notice(`worker process ${ended.pid} exited with code ${ended.status.kind === 'exited' ? ended.status.code : 0}`)
          if (!isEnding && known && workers.size < shared.settings.workers) yield* start()
        }
        if (!isEnding || workers.size > 0) break
        yield* notice('exit')
        sys.unlink(settings.pidFile)
        return 0
      case SIG.SIGHUP: {
        yield* notice('signal 1 (SIGHUP) received, reconfiguring')
        yield* notice('reconfiguring')
        const old = [...workers]
        shared = { ...shared, settings: yield* settingsOf(sys, file, directives, shared.settings.workers) }
        yield* notice('using the "epoll" event method')
        yield* startAll()
        for (const pid of old) sys.kill(pid, SIG.SIGQUIT)
        break
      }
      case SIG.SIGUSR1:
        yield* notice('signal 10 (SIGUSR1) received, reopening logs')
        yield* notice('reopening logs')
        break
      default:
        yield* notice(`signal ${signo} (${signalName(signo)}) received, ${signo === SIG.SIGQUIT ? 'shutting down' : 'exiting'}`)
        isEnding = true
        tell(signo === SIG.SIGQUIT ? SIG.SIGQUIT : SIG.SIGTERM)
    }
  }
}
