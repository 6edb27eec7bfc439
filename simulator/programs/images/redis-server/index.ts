/**
 * redis-server 7.0.11, a stand-in: the words of its log, its port, and the commands below over real connections. Other commands are refused
 * as unknown ones are. Source: src/server.c (serverLogRaw, processCommand), src/t_string.c of redis 7.0.
 */
import { decode, encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { SIG } from '../../../kernel/signals'
import type { Sys } from '../../../kernel/sys'
import { type Io, program } from '../../program'
import { listenOn, serveConnections } from '../listen'
import { encodeReply, readRequest } from '../resp'
import { answer } from './commands'

const VERSION = '7.0.11'
const PORT = 6379
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export default program({
  paths: [],
  threads: 4,
  summary: 'the server of the redis image: PING, ECHO, GET, SET, DEL, EXISTS, INCR, KEYS, DBSIZE, FLUSHALL',
  *run(io) {
    const { sys } = io
    if (io.args.some((a) => a === '-v' || a === '--version')) {
      io.out(`Redis server v=${VERSION} sha=00000000:0 malloc=jemalloc-5.2.1 bits=64 build=1b8b4e3ef9a1a4a9\n`)
      return 0
    }
    const port = portOf(io)
    if (port === undefined) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    const log = (role: 'C' | 'M' | 'signal-handler', level: string, text: string): Run => say(io, role, level, text)
    yield* log('C', '#', 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo')
    yield* log('C', '#', `Redis version=${VERSION}, bits=64, commit=00000000, modified=0, pid=${sys.pid}, just started`)
    yield* io.args.length === 0
      ? log('C', '#', 'Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf')
      : log('C', '#', 'Configuration loaded')
    yield* log('M', '*', 'monotonic clock: POSIX clock_gettime')
    let listening: number
    try {
      listening = listenOn(sys, port)
    } catch (error) {
      if (!isErrno(error)) throw error
      yield* log('M', '#', `Warning: Could not create server TCP listening socket *:${port}: bind: ${error.message}`)
      yield* log('M', '#', `Failed listening on port ${port} (TCP), aborting.`)
      return 1
    }
    yield* log('M', '*', `Running mode=standalone, port=${port}.`)
    yield* log('M', '#', 'Server initialized')
    yield* log('M', '*', 'Ready to accept connections')
    let signal: 'SIGINT' | 'SIGTERM' | undefined
    sys.signal(SIG.SIGTERM, () => { signal = 'SIGTERM' })
    sys.signal(SIG.SIGINT, () => { signal = 'SIGINT' })
    const data = new Map<string, string>()
    yield* serveConnections(sys, listening, () => signal !== undefined, (fd) => talk(sys, fd, data))
    io.out(`${sys.pid}:signal-handler (${sys.now().sec}) Received ${signal ?? 'SIGTERM'} scheduling shutdown...\n`)
    yield* log('M', '#', 'User requested shutdown...')
    yield* log('M', '#', 'Redis is now ready to exit, bye bye...')
    return 0
  },
})

/** Of the settings only the port is known here. */
function portOf({ args }: Io): number | undefined {
  if (args.length === 0) return PORT
  return args.length === 2 && args[0] === '--port' && /^\d+$/.test(args[1] ?? '') ? Number(args[1]) : undefined
}

function* say(io: Io, role: string, level: string, text: string): Run {
  const { sec, nsec } = io.sys.now()
  const at = new Date(sec * 1000)
  const two = (n: number): string => String(n).padStart(2, '0')
  const time = `${two(at.getUTCDate())} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}.${String(Math.floor(nsec / 1e6)).padStart(3, '0')}`
  io.out(`${io.sys.pid}:${role} ${time} ${level} ${text}\n`)
  yield* io.flush()
}

function* talk(sys: Sys, fd: number, data: Map<string, string>): Run {
  let held = ''
  for (;;) {
    const part = yield* sys.read(fd, 65_536)
    if (part.length === 0) return
    held += decode(part)
    for (let next = readRequest(held); next; next = readRequest(held)) {
      held = next.rest
      if (next.words.length === 0) continue
      yield* sys.write(fd, encode(encodeReply(answer(next.words, data))))
      if (next.words[0]?.toLowerCase() === 'quit') return
    }
  }
}
