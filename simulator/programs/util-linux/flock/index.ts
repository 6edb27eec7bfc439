/** flock(1) of util-linux 2.38.1. */
import { Errno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { command } from '../command'
import type { Io } from '../../program'
import { inChild, launch } from '../launch'
import { HELP } from './help'

/** EX_UNAVAILABLE when it cannot be run. */
function* run(io: Io, words: readonly string[]): Run<number> {
  yield* launch(io, words)
  return 69
}

export default command({
  help: HELP,
  hidden: '  -s, --shared\n  -x, --exclusive\n  -e, --exclusive\n  -n, --nonblock\n  --nb\n  -w, --timeout <secs>\n  --wait <secs>\n  -E, --conflict-exit-code <number>\n  -c, --command <command>',
  version: 'flock from util-linux 2.38.1\n',
  failure: 64,
  stopAtOperand: true,
  summary: 'manage locks from shell scripts',
  *run(io, options) {
    const { sys } = io
    const fail = (message: string, code: number): never => {
      io.err(`flock: ${message}\n`)
      return io.exit(code)
    }
    const conflict = options.value('conflict-exit-code') ?? '1'
    if (!/^\d+$/.test(conflict)) fail(`invalid exit code: '${conflict}'`, 64)
    if (Number(conflict) > 255) fail('exit code out of range (expected 0 to 255)', 64)
    const seconds = options.value('timeout') ?? options.value('wait')
    if (seconds !== undefined && !/^\d*\.?\d+$/.test(seconds)) fail(`invalid timeout value: '${seconds}'`, 64)
    const [first, ...rest] = options.operands
    if (first === undefined) {
      io.err("flock: not enough arguments\nTry 'flock --help' for more information.\n")
      return 64
    }
    let fd: number
    let words: readonly string[] | undefined
    const file = rest.length > 0 ? first : undefined
    if (file !== undefined) {
      const shell = rest[0] === '-c' || rest[0] === '--command'
      if (shell && rest.length !== 2) fail(`${rest[0]} requires exactly one command argument`, 64)
      words = shell ? [sys.env.get('SHELL') || '/bin/sh', '-c', rest[1] ?? ''] : rest
      try {
        fd = yield* sys.open(file, { read: true, create: true, noCtty: true }, 0o666)
      } catch (error) {
        if (!(error instanceof Errno)) throw error
        if (error.code !== 'EISDIR') fail(`cannot open lock file ${file}: ${error.message}`, error.code === 'ENOMEM' || error.code === 'EMFILE' ? 71 : 66)
        fd = yield* sys.open(file, { read: true, directory: true })
      }
    } else {
      if (!/^\d+$/.test(first)) fail(`bad file descriptor: '${first}'`, 64)
      fd = Number(first)
    }
    const started = sys.monotonic()
    try {
      if (options.has('unlock')) sys.funlock(fd)
      else {
        const wait = options.has('nonblock', 'nb') || Number(seconds ?? 1) === 0 ? 'fail' : 'wait'
        yield* sys.flock(fd, options.has('shared') ? 'shared' : 'exclusive', wait, seconds === undefined ? undefined : Number(seconds) * 1e9)
      }
    } catch (error) {
      if (!(error instanceof Errno)) throw error
      if (error.code !== 'EAGAIN') fail(`${file ?? fd}: ${error.message}`, 65)
      if (options.has('verbose')) io.err(seconds === undefined ? 'flock: failed to get lock\n' : 'flock: timeout while waiting to get lock\n')
      return Number(conflict)
    }
    if (options.has('verbose')) io.out(`flock: getting lock took ${((sys.monotonic() - started) / 1e9).toFixed(6)} seconds\n`)
    if (!words) return 0
    const command = words
    if (options.has('verbose')) io.out(`flock: executing ${command[0]}\n`)
    yield* io.flush()
    if (options.has('no-fork')) return yield* run(io, command)
    const pid = sys.fork(inChild(function* (own) {
      if (options.has('close')) own.sys.close(fd)
      return yield* run(own, command)
    }))
    const status = (yield* sys.wait(pid))?.status
    return status?.kind === 'exited' ? status.code : status?.kind === 'signaled' ? status.signo + 128 : 71
  },
})
