/** choom(1) of util-linux 2.38.1: a process's score for the OOM killer, and what is added to it. */
import { encode } from '../../../kernel/bytes'
import { Errno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { command } from '../command'
import { usageError } from '../../options'
import type { Io } from '../../program'
import { launch } from '../launch'
import { HELP } from './help'

function* read(io: Io, path: string, what: string): Run<string> {
  try {
    return (yield* io.sys.readText(path)).trim()
  } catch (error) {
    if (!(error instanceof Errno)) throw error
    io.err(`choom: failed to read ${what}: ${error.message}\n`)
    return io.exit(1)
  }
}

function* adjust(io: Io, path: string, value: string): Run {
  try {
    yield* io.sys.writeFile(path, encode(value))
  } catch (error) {
    if (!(error instanceof Errno)) throw error
    io.err(`choom: failed to set score adjust value: ${error.message}\n`)
    io.exit(1)
  }
}

export default command({
  help: HELP,
  version: 'choom from util-linux 2.38.1\n',
  stopAtOperand: true,
  summary: 'display and adjust OOM-killer score',
  *run(io, options) {
    const pid = options.value('pid')
    const value = options.value('adjust')
    for (const [text, what] of [[pid, 'PID'], [value, 'adjust']] as const) {
      if (text === undefined || /^-?\d+$/.test(text)) continue
      io.err(`choom: invalid ${what} argument: '${text}'\n`)
      return 1
    }
    if (pid === undefined && (options.operands.length === 0 || value === undefined)) {
      io.err(options.operands.length > 0 ? 'choom: no OOM score adjust value specified\n' : 'choom: no PID or COMMAND specified\n')
      return usageError(io)
    }
    if (pid === undefined) {
      yield* adjust(io, '/proc/self/oom_score_adj', value ?? '0')
      return yield* launch(io, options.operands)
    }
    if (value !== undefined) {
      const old = yield* read(io, `/proc/${pid}/oom_score_adj`, 'OOM score adjust value')
      yield* adjust(io, `/proc/${pid}/oom_score_adj`, value)
      io.out(`pid ${pid}'s OOM score adjust value changed from ${old} to ${value}\n`)
      return 0
    }
    io.out(`pid ${pid}'s current OOM score: ${yield* read(io, `/proc/${pid}/oom_score`, 'OOM score value')}\n`)
    io.out(`pid ${pid}'s current OOM score adjust value: ${yield* read(io, `/proc/${pid}/oom_score_adj`, 'OOM score adjust value')}\n`)
    return 0
  },
})
