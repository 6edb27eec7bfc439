/** busybox wc (coreutils/wc.c): one column bare, several nine wide. */
import { isErrno } from '../../../kernel/errno'
import { openSource } from '../../coreutils/files'
import { applet } from '../applet'

interface Counts {
  l: number
  w: number
  m: number
  c: number
  L: number
}
const ORDER = ['l', 'w', 'm', 'c', 'L'] as const
const none = (): Counts => ({ l: 0, w: 0, m: 0, c: 0, L: 0 })

export default applet('lwcLm', function* (io, given) {
  const asked = ORDER.filter((name) => given.has(name))
  const columns = asked.length > 0 ? asked : (['l', 'w', 'c'] as const)
  const total = none()
  let status = 0
  const names = given.operands.length > 0 ? given.operands : [undefined]
  const show = (counts: Counts, name: string | undefined): void => {
    const cells = columns.map((c) => (columns.length > 1 ? String(counts[c]).padStart(9) : String(counts[c])))
    io.out(`${cells.join(' ')}${name === undefined ? '' : ` ${name}`}\n`)
  }
  for (const name of names) {
    const counts = none()
    try {
      const source = yield* openSource(io.sys, name ?? '-')
      let inWord = false
      let column = 0
      for (;;) {
        const bytes = yield* source.read()
        if (bytes.length === 0) break
        counts.c += bytes.length
        for (const byte of bytes) {
          const isBlank = byte === 32 || (byte >= 9 && byte <= 13)
          if (!isBlank && !inWord) counts.w++
          inWord = !isBlank
          if ((byte & 0xc0) !== 0x80) counts.m++
          if (byte === 10) {
            counts.l++
            counts.L = Math.max(counts.L, column)
            column = 0
          } else column = byte === 9 ? (column | 7) + 1 : column + 1
        }
      }
      counts.L = Math.max(counts.L, column)
      source.close()
    } catch (error) {
      if (!isErrno(error)) throw error
      io.err(`wc: ${name ?? '-'}: ${error.message}\n`)
      status = 1
      continue
    }
    show(counts, name)
    for (const column of ORDER) total[column] = column === 'L' ? Math.max(total.L, counts.L) : total[column] + counts[column]
  }
  if (names.length > 1) show(total, 'total')
  return status
})
