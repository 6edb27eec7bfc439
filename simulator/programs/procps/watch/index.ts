/** watch(1) of procps-ng 4.0.2: runs a command again and again and shows its first screenful. Differences and colours are not simulated. */
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { SIG } from '../../../kernel/signals'
import type { Io } from '../../program'
import { procpsCommand, wrongCall } from '../command'
import { HELP } from './help'

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function* output(io: Io, words: readonly string[], direct: 'shell' | 'exec'): Run<{ text: string; code: number }> {
  const { read, write } = io.sys.pipe()
  const pid = io.sys.fork(function* (sys) {
    sys.dup2(write, 1)
    sys.dup2(write, 2)
    sys.close(read)
    if (write > 2) sys.close(write)
    const argv = direct === 'exec' ? [...words] : ['sh', '-c', words.join(' ')]
    const file = argv[0] ?? ''
    const places = file.includes('/') ? [file] : (sys.env.get('PATH') ?? '/usr/bin:/bin').split(':').map((dir) => `${dir}/${file}`)
    for (const path of places)
      try {
        yield* sys.exec(path, argv, sys.env)
      } catch (error) {
        if (!isErrno(error)) throw error
      }
    return 4
  })
  io.sys.close(write)
  const parts: Uint8Array[] = []
  for (;;) {
    const bytes = yield* io.sys.read(read, 65536)
    if (bytes.length === 0) break
    parts.push(bytes)
  }
  io.sys.close(read)
  const done = yield* io.sys.wait(pid)
  return { text: parts.map((p) => decode(p)).join(''), code: done?.status.kind === 'exited' ? done.status.code : 1 }
}

/** Sleeps, but no longer than until a signal. */
function* pause(io: Io, seconds: number): Run {
  try {
    yield* io.sys.sleep(seconds * 1e9)
  } catch (error) {
    if (!isErrno(error)) throw error
  }
}

export default procpsCommand({
  help: HELP,
  stopAtOperand: true,
  summary: 'execute a program periodically, showing output fullscreen',
  *run(io, options) {
    if (options.operands.length === 0) wrongCall(io, HELP)
    if (['color', 'differences', 'precise', 'equexit'].some((name) => options.has(name))) {
      io.err('watch: not simulated in this lab\n')
      return 125
    }
    const seconds = options.value('interval') ?? io.env('WATCH_INTERVAL') ?? '2'
    if (!/^\d*[.,]?\d+$/.test(seconds)) {
      io.err(`watch: failed to parse argument: '${seconds}': Invalid argument\n`)
      return 1
    }
    const interval = Math.max(0.1, Number(seconds.replace(',', '.')))
    if (!io.sys.isatty(1) && !io.env('TERM')) {
      io.err('Error opening terminal: unknown.\n')
      return 1
    }
    const words = options.operands
    let before: string | undefined
    let ended = 'no'
    for (const signo of [SIG.SIGINT, SIG.SIGTERM, SIG.SIGHUP])
      io.sys.signal(signo, () => {
        ended = 'yes'
      })
    const { cols, rows } = io.sys.isatty(1) ? io.sys.getWindowSize(1) : { cols: 80, rows: 24 }
    io.out('\x1b[?1049h\x1b[22;0;0t')
    try {
      for (;;) {
        const { text, code } = yield* output(io, words, options.has('exec') ? 'exec' : 'shell')
        const now = new Date(io.sys.now().sec * 1000)
        const stamp = `${io.sys.uname().nodename}: ${DAYS[now.getUTCDay()]} ${MONTHS[now.getUTCMonth()]} ${String(now.getUTCDate()).padStart(2)} ${now.toISOString().slice(11, 19)} ${now.getUTCFullYear()}`
        const title = `Every ${interval.toFixed(1)}s: ${words.join(' ')}`
        const header = options.has('no-title') ? [] : [title.slice(0, Math.max(0, cols - stamp.length - 1)).padEnd(cols - stamp.length) + stamp, '']
        const lines = [...header, ...text.split('\n')].slice(0, rows).map((l) => l.slice(0, cols))
        io.out(`\x1b[H\x1b[2J${lines.join('\r\n')}`)
        if (options.has('beep') && code !== 0) io.out('\x07')
        yield* io.flush()
        if (options.has('errexit') && code !== 0) return 8
        if (options.has('chgexit') && before !== undefined && before !== text) return 0
        before = text
        if (ended === 'no') yield* pause(io, interval)
        if (ended === 'yes') return 0
      }
    } catch (error) {
      // A signal ends it wherever it waits.
      if (!isErrno(error, 'EINTR')) throw error
      return 0
    } finally {
      io.out('\x1b[?1049l')
      yield* io.flush()
    }
  },
})
