/** --z85 of basenc (ZeroMQ's RFC 32): four bytes are five letters; other lengths are refused. */
import type { Whole } from '../encoding'

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#'
const NEWLINE = 10

export const Z85: Whole = {
  group: 4,
  length: 'invalid input (length must be multiple of 4 characters)',
  encode(bytes) {
    if (bytes.length % 4 !== 0) return null
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    let out = ''
    for (let at = 0; at < bytes.length; at += 4) {
      let number = view.getUint32(at)
      let letters = ''
      for (let i = 0; i < 5; i++) {
        letters = ALPHABET.charAt(number % 85) + letters
        number = Math.floor(number / 85)
      }
      out += letters
    }
    return out
  },
  decode(bytes, garbage) {
    const out: number[] = []
    let group: number[] = []
    for (const b of bytes) {
      const value = ALPHABET.indexOf(String.fromCharCode(b))
      if (b === NEWLINE) continue
      if (value < 0 && garbage === 'ignored') continue
      if (value < 0) return { bytes: Uint8Array.from(out), valid: false }
      group.push(value)
      if (group.length < 5) continue
      const number = group.reduce((sum, digit) => sum * 85 + digit, 0)
      if (number >= 2 ** 32) return { bytes: Uint8Array.from(out), valid: false }
      out.push(Math.floor(number / 2 ** 24), (number >>> 16) & 255, (number >>> 8) & 255, number & 255)
      group = []
    }
    return { bytes: Uint8Array.from(out), valid: group.length === 0 }
  },
}
