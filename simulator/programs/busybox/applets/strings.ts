/** busybox strings (miscutils/strings.c): runs of printable bytes and tabs that are long enough. */
import { isErrno } from '../../../kernel/errno'
import { openSource } from '../../coreutils/files'
import { applet, numberWithin, showUsage } from '../applet'

const RADIX: Readonly<Record<string, number>> = { o: 8, d: 10, x: 16 }
const isShown = (byte: number): boolean => (byte >= 32 && byte < 127) || byte === 9

export default applet('afon:t:', function* (io, given) {
  const least = numberWithin(io, given.value('n') ?? '4', 1, 0x7fffffff)
  const radix = given.has('t') ? RADIX[given.value('t') ?? ''] : given.has('o') ? 8 : 0
  if (radix === undefined) return showUsage(io)
  let status = 0
  for (const name of given.operands.length > 0 ? given.operands : ['-']) {
    let offset = 0
    let run = ''
    const end = (): void => {
      if (run.length >= least) io.out(`${given.has('f') ? `${name === '-' ? '{standard input}' : name}: ` : ''}${radix > 0 ? `${(offset - run.length).toString(radix).padStart(7)} ` : ''}${run}\n`)
      run = ''
    }
    try {
      const source = yield* openSource(io.sys, name)
      for (let bytes = yield* source.read(); bytes.length > 0; bytes = yield* source.read()) {
        for (const byte of bytes) {
          if (isShown(byte)) run += String.fromCharCode(byte)
          else end()
          offset++
        }
        yield* io.drain()
      }
      source.close()
    } catch (error) {
      if (!isErrno(error)) throw error
      io.err(`strings: ${name}: ${error.message}\n`)
      status = 1
    }
    end()
  }
  return status
})
