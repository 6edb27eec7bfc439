/** Log lines of github.com/sirupsen/logrus: key=value text in a file, `FATA[0000] message` on a terminal. */
import { rfc3339 } from '../../containerd/time'
import type { Sys } from '../../kernel/sys'
import { quote } from './strconv'

export type Level = 'debug' | 'info' | 'warning' | 'error' | 'fatal'

const SHOWN: Readonly<Record<Level, { word: string; colour: number }>> = {
  debug: { word: 'DEBU', colour: 37 },
  info: { word: 'INFO', colour: 36 },
  warning: { word: 'WARN', colour: 33 },
  error: { word: 'ERRO', colour: 31 },
  fatal: { word: 'FATA', colour: 31 },
}

const value = (text: string): string => (/^[A-Za-z0-9\-._/@^+]*$/.test(text) && text !== '' ? text : quote(text))

/** What a line says beside its message. */
export interface Beside {
  /** Written in the order of their keys. */
  readonly fields?: Readonly<Record<string, string>>
  /** Who says it (SetReportCaller). */
  readonly caller?: { readonly func: string; readonly file: string }
}

/** Since the program began, in four digits. */
const seconds = (sys: Sys): string => String(Math.floor((sys.monotonic() - sys.startTime) / 1e9)).padStart(4, '0')

/** One line. The formatter looks at standard error: a terminal gets colours. */
export function logrus(sys: Sys, level: Level, message: string, beside: Beside = {}): string {
  if (!sys.isatty(2)) return logrusFile(sys, level, message, beside)
  const { fields = {}, caller } = beside
  const { word, colour } = SHOWN[level]
  const by = caller ? `${caller.file} ${caller.func}` : ''
  const head = `\x1b[${colour}m${word}\x1b[0m[${seconds(sys)}]${by} ${message.replace(/\n$/, '').padEnd(44)}`
  return `${head} ${Object.keys(fields).sort().map((key) => ` \x1b[${colour}m${key}\x1b[0m=${value(fields[key] ?? '')}`).join('')}\n`
}

/** A line as it goes to a file or a pipe. */
export function logrusFile(sys: Sys, level: Level, message: string, { fields = {}, caller }: Beside = {}): string {
  const time = rfc3339(BigInt(sys.now().sec) * 1_000_000_000n)
  const by = caller ? ` func=${value(caller.func)} file=${value(caller.file)}` : ''
  const rest = Object.keys(fields).sort().map((key) => ` ${key}=${value(fields[key] ?? '')}`).join('')
  return `time=${quote(time)} level=${level} msg=${value(message)}${by}${rest}\n`
}
