/** Structured lines of k8s.io/klog/v2: `E1123 13:12:07.635671   18506 file.go:415] "message" key="value"`. */
import type { Sys } from '../../kernel/sys'
import { quote } from './strconv'
import { klogStamp } from './time'

/** An unstructured line. */
export const klogPlain = (sys: Sys, where: string, message: string): string => `E${klogStamp(sys.now())} ${String(sys.pid).padStart(7)} ${where}] ${message}\n`
export const klogWarning = (sys: Sys, where: string, message: string): string => `W${klogStamp(sys.now())} ${String(sys.pid).padStart(7)} ${where}] ${message}\n`

export function klogError(sys: Sys, where: string, message: string, error: string, fields: Readonly<Record<string, string>>): string {
  const rest = Object.entries(fields).map(([key, text]) => ` ${key}=${text}`)
  return `E${klogStamp(sys.now())} ${String(sys.pid).padStart(7)} ${where}] ${quote(message)} err=${valueText(error)}${rest.join('')}\n`
}

/** A text of several lines stands between `<` and `>`, each line after a tab. */
const valueText = (text: string): string => (text.includes('\n') ? `<\n${text.split('\n').map((line) => `\t${line}\n`).join('')} >` : quote(text))

/** The same for what is no error. */
export function klogInfo(sys: Sys, where: string, message: string, fields: Readonly<Record<string, string>>): string {
  const rest = Object.entries(fields).map(([key, text]) => ` ${key}=${text}`)
  return `I${klogStamp(sys.now())} ${String(sys.pid).padStart(7)} ${where}] ${quote(message)}${rest.join('')}\n`
}
