/** nginx's error log: time, level, `pid#tid`, words. */
import { encode } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { timeOf, two } from '../http'

export const errorLine = (sys: Sys, level: string, text: string): string => {
  const at = new Date(sys.now().sec * 1000)
  return `${at.getUTCFullYear()}/${two(at.getUTCMonth() + 1)}/${two(at.getUTCDate())} ${timeOf(at)} [${level}] ${sys.pid}#${sys.pid}: ${text}\n`
}

export function* say(sys: Sys, fd: number, text: string, level: 'notice' | 'error' | 'alert' = 'notice'): Run {
  yield* sys.write(fd, encode(errorLine(sys, level, text)))
}
