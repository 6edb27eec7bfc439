/** Where runc writes its log: standard error as text, or the file of `--log`; then standard error gets the bare message (main.go configLogrus, utils.go fatal). */
import { RuncError } from '../../../containerd/runc/index'
import { now } from '../../../containerd/time'
import { encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { type Level, logrus, logrusFile } from '../../go/logrus'
import type { Context } from '../../urfave/context'

const FORMATS = ['text', 'json', '']

export function* setUpLog(context: Context): Run {
  if (context.bool('debug')) context.refuse('--debug')
  const format = context.string('log-format')
  if (!FORMATS.includes(format)) throw new RuncError(`invalid log-format: ${format}`)
  yield* append(context, '')
}

export function* report(context: Context, level: Level, message: string): Run {
  const { sys, io } = context
  if (context.string('log') === '' || !FORMATS.includes(context.string('log-format'))) {
    io.err(logrus(sys, level, message))
    return
  }
  const time = now(sys).replace(/\.\d+Z$/, 'Z')
  const line = context.string('log-format') === 'json' ? `${JSON.stringify({ level, msg: message, time })}\n` : logrusFile(sys, level, message)
  try {
    yield* append(context, line)
  } catch (error) {
    if (!(error instanceof RuncError)) throw error
    io.err(logrus(sys, level, message))
    return
  }
  io.err(message.endsWith('\n') ? message : `${message}\n`)
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
