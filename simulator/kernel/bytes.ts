/**
 * Bytes and text. Pipes and files carry bytes; argv, environment and file names are JavaScript strings. A byte that is
 * not UTF-8 becomes a lone surrogate U+DC80..U+DCFF and turns back into that byte (Python's PEP 383 does the same), so
 * no byte is lost on the way.
 */
export const EMPTY = new Uint8Array(0)

/** The host's own coders, pure functions that every host has (the ES libraries do not name them): many times as fast as a loop. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array }
declare const TextDecoder: new (label: string, options: { readonly fatal: boolean; readonly ignoreBOM: boolean }) => { decode(bytes: Uint8Array): string }
const UTF8_OUT = new TextEncoder()
const UTF8_IN = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
/** Below this a loop is faster than the host's coder. */
const SHORT = 100
const SURROGATE = /[\ud800-\udfff]/

/** Text to bytes (UTF-8, lone surrogates U+DC80..U+DCFF to single bytes). */
export function encode(text: string): Uint8Array {
  const n = text.length
  if (n > SHORT && !SURROGATE.test(text)) return UTF8_OUT.encode(text)
  const small = new Uint8Array(n)
  let i = 0
  for (; i < n; i++) {
    const c = text.charCodeAt(i)
    if (c > 0x7f) break
    small[i] = c
  }
  if (i === n) return small
  const out = new Uint8Array(n * 3)
  out.set(small.subarray(0, i))
  let o = i
  for (; i < n; i++) {
    let c = text.charCodeAt(i)
    if (c < 0x80) out[o++] = c
    else if (c < 0x800) {
      out[o++] = 0xc0 | (c >> 6)
      out[o++] = 0x80 | (c & 0x3f)
    } else if (c >= 0xdc80 && c <= 0xdcff) out[o++] = c & 0xff
    else {
      if (c >= 0xd800 && c <= 0xdbff && i + 1 < n) {
        const d = text.charCodeAt(i + 1)
        if (d >= 0xdc00 && d <= 0xdfff) {
          c = 0x10000 + ((c - 0xd800) << 10) + (d - 0xdc00)
          i++
          out[o++] = 0xf0 | (c >> 18)
          out[o++] = 0x80 | ((c >> 12) & 0x3f)
          out[o++] = 0x80 | ((c >> 6) & 0x3f)
          out[o++] = 0x80 | (c & 0x3f)
          continue
        }
      }
      out[o++] = 0xe0 | (c >> 12)
      out[o++] = 0x80 | ((c >> 6) & 0x3f)
      out[o++] = 0x80 | (c & 0x3f)
    }
  }
  return out.slice(0, o)
}

const CHUNK = 8192

/** Bytes to text; bytes that are not UTF-8 become lone surrogates (see above). */
export function decode(bytes: Uint8Array): string {
  try {
    return UTF8_IN.decode(bytes)
  } catch {
    return decodeAny(bytes)
  }
}

function decodeAny(bytes: Uint8Array): string {
  const n = bytes.length
  let text = ''
  let i = 0
  const units: number[] = []
  while (i < n) {
    const b = bytes[i] as number
    if (b < 0x80) {
      units.push(b)
      i++
    } else {
      const need = b >= 0xc2 && b <= 0xdf ? 1 : b >= 0xe0 && b <= 0xef ? 2 : b >= 0xf0 && b <= 0xf4 ? 3 : 0
      let c = need === 1 ? b & 0x1f : need === 2 ? b & 0x0f : b & 0x07
      let k = 1
      for (; k <= need; k++) {
        const x = bytes[i + k]
        if (x === undefined || (x & 0xc0) !== 0x80) break
        c = (c << 6) | (x & 0x3f)
      }
      const whole = need > 0 && k > need
      const legal = whole && (need === 1 || (need === 2 && c >= 0x800 && (c < 0xd800 || c > 0xdfff)) || (need === 3 && c >= 0x10000 && c <= 0x10ffff))
      if (!legal) {
        units.push(0xdc00 | b)
        i++
      } else {
        if (c >= 0x10000) units.push(0xd800 + ((c - 0x10000) >> 10), 0xdc00 + ((c - 0x10000) & 0x3ff))
        else units.push(c)
        i += need + 1
      }
    }
    if (units.length >= CHUNK) {
      text += String.fromCharCode(...units)
      units.length = 0
    }
  }
  return text + String.fromCharCode(...units)
}

/** One array out of many. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0] as Uint8Array
  let size = 0
  for (const p of parts) size += p.length
  const out = new Uint8Array(size)
  let at = 0
  for (const p of parts) {
    out.set(p, at)
    at += p.length
  }
  return out
}
