/** What HTTP servers share: the dates of HTTP's headers (RFC 9110, IMF-fixdate), and a request read off its connection. */
import { concat, EMPTY } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
export const two = (n: number): string => String(n).padStart(2, '0')
export const timeOf = (at: Date): string => `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`

export function httpDate(seconds: number): string {
  const at = new Date(seconds * 1000)
  return `${DAYS[at.getUTCDay()]}, ${two(at.getUTCDate())} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()} ${timeOf(at)} GMT`
}

export const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')

const HEAD_END = /\r?\n\r?\n/
const LONGEST_REQUEST = 65_536

/** Requests of one connection, one after the other: the lines of the head, and the body that its length announces. Undefined: it ended. */
export function requestsOf(sys: Sys, fd: number): () => Run<{ readonly head: Uint8Array; readonly body: Uint8Array } | undefined> {
  let held: Uint8Array = EMPTY
  const more = function* (): Run<boolean> {
    const part = yield* sys.read(fd, 4096)
    held = concat([held, part])
    return part.length > 0 && held.length <= LONGEST_REQUEST
  }
  return function* () {
    let end = HEAD_END.exec(latin1(held))
    for (; !end; end = HEAD_END.exec(latin1(held))) {
      // HTTP/0.9 is one line.
      if (/^GET [^ \r\n]+\r?\n/.test(latin1(held))) break
      if (!(yield* more())) return undefined
    }
    const head = end?.index ?? held.length
    const start = head + (end?.[0].length ?? 0)
    const length = Number(/^content-length: *(\d+)/im.exec(latin1(held.subarray(0, head)))?.[1] ?? 0)
    while (held.length < start + length) if (!(yield* more())) return undefined
    const request = { head: held.slice(0, head), body: held.slice(start, start + length) }
    held = held.slice(start + length)
    return request
  }
}
