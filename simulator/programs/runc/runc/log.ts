/** Where runc writes its log: standard error as text, or the file of `--log`; then standard error gets the bare message (main.go configLogrus, utils.go fatal). */
import { RuncError } from '../../../containerd/runc/index'
import { ownRunc } from '../../../containerd/runc/release'
import { now } from '../../../containerd/time'
import { encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { type Beside, type Level, logrus, logrusFile } from '../../go/logrus'
import type { Context } from '../../urfave/context'

/** What the stages of a process' start say with `--debug`, in an order that hangs on which runs first, is not simulated. */
export function refuseStages(context: Context): void {
  if (context.bool('debug')) context.refuse(`--debug ${context.path.at(-1) ?? ''}`)
}

const FORMATS = ['text', 'json', '']

export function* setUpLog(context: Context): Run {
  const format = context.string('log-format')
  if (!FORMATS.includes(format)) throw new RuncError(`invalid log-format: ${format}`)
  yield* append(context, '')
}

/** Who says it, as `--debug` tells: the function and its line in runc 1.1.5. */
export const CALLERS = {
  fatal: ['main.fatalWithCode', 'utils.go:61'],
  exit: ['main.(*FatalWriter).Write', 'main.go:172'],
  destroy: ['main.destroy', 'utils_linux.go:119'],
  kernelMemory: ['main.glob..func17', 'update.go:254'],
  setBack: ['github.com/opencontainers/runc/libcontainer.(*linuxContainer).Set', 'libcontainer/container_linux.go:206'],
} as const

/** Lines that have moved since, as far as they were seen. */
const CALLERS_1_3: Partial<Record<keyof typeof CALLERS, readonly [string, string]>> = { fatal: ['main.fatalWithCode', 'utils.go:62'] }

const PACKAGE = 'github.com/opencontainers/runc/'

interface Said {
  readonly level: Level
  readonly message: string
  readonly by: keyof typeof CALLERS
}

export function* report(context: Context, { level, message, by }: Said): Run {
  const { sys, io } = context
  const release = yield* ownRunc(sys)
  const [called, file] = (release.line === '1.3' ? CALLERS_1_3[by] : undefined) ?? CALLERS[by]
  const beside: Beside = context.bool('debug') ? { caller: { func: `${called.replace(PACKAGE, '')}()`, file } } : {}
  if (context.string('log') === '' || !FORMATS.includes(context.string('log-format'))) {
    io.err(logrus(sys, level, message, beside))
    return
  }
  const time = now(sys).replace(/\.\d+Z$/, 'Z')
  const line = context.string('log-format') === 'json' ? `${JSON.stringify({ ...(context.bool('debug') ? { file: `${PACKAGE}${file}`, func: called } : {}), level, msg: message, time })}\n` : logrusFile(sys, level, message, beside)
  try {
    yield* append(context, line)
  } catch (error) {
    if (!(error instanceof RuncError)) throw error
    io.err(logrus(sys, level, message, beside))
    return
  }
  if (by === 'fatal' || by === 'exit') io.err(message.endsWith('\n') ? message : `${message}\n`)
}

function* append(context: Context, line: string): Run {
  const log = context.string('log')
  if (log === '') return
  try {
    yield* context.sys.writeFile(log, encode(line), { append: true, mode: 0o644 })
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new RuncError(`open ${log}: ${error.message.toLowerCase()}`)
  }
}
