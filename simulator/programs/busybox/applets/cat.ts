/** busybox cat (coreutils/cat.c): lines that are numbered always end. */
import { concat, EMPTY, encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import cat from '../../coreutils/cat/index'
import { openSource } from '../../coreutils/files'
import { applet } from '../applet'
import { asOnNode } from '../node'

const OPTIONS = 'nbvteAu'
const WORDS = [[/^(\S+): (.+): ([^:]+)$/, "$1: can't open '$2': $3"]] as const
const onNode = asOnNode(cat, { program: 'coreutils/cat', letters: OPTIONS, words: WORDS })
const escaping = asOnNode(cat, { program: 'coreutils/cat', letters: OPTIONS, words: WORDS, shows: [[/^( *\d+)\t/gm, '$1  ']] })
const NEWLINE = 10

export default applet(OPTIONS, function* (io, given) {
  if (!given.has('n', 'b')) return yield* onNode(io)
  if (given.has('v', 't', 'e', 'A')) return yield* escaping(io)
  let status = 0
  let number = 0
  for (const name of given.operands.length > 0 ? given.operands : ['-']) {
    try {
      const source = yield* openSource(io.sys, name)
      let rest: Uint8Array = EMPTY
      const show = (line: Uint8Array): void => {
        if (line.length > 0 || !given.has('b')) io.out(encode(`${String(++number).padStart(6)}\t`))
        io.out(line)
        io.out('\n')
      }
      for (let bytes = yield* source.read(); bytes.length > 0; bytes = yield* source.read()) {
        let from = 0
        for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
          show(concat([rest, bytes.subarray(from, end)]))
          rest = EMPTY
          from = end + 1
        }
        rest = concat([rest, bytes.slice(from)])
        yield* io.drain()
      }
      if (rest.length > 0) show(rest)
      source.close()
    } catch (error) {
      if (!isErrno(error)) throw error
      io.err(`cat: ${name}: ${error.message}\n`)
      status = 1
    }
  }
  return status
})
