/** The last lines or bytes of an input, holding no more of it than they need. */
import { concat, EMPTY } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import type { Source } from '../files'

export function* lastPart(source: Source, count: number, unit: number | 'bytes'): Run<Uint8Array> {
  const kept: { bytes: Uint8Array; weight: number }[] = []
  let weight = 0
  for (;;) {
    const bytes = yield* source.read()
    if (bytes.length === 0) break
    const part = { bytes, weight: unit === 'bytes' ? bytes.length : delimiters(bytes, unit) }
    kept.push(part)
    weight += part.weight
    // One more than asked for must stay: the last delimiter may end the last line.
    while (kept.length > 1 && weight - (kept[0]?.weight ?? 0) > count) weight -= kept.shift()?.weight ?? 0
  }
  if (count === 0 || kept.length === 0) return EMPTY
  const all = concat(kept.map((k) => k.bytes))
  if (unit === 'bytes') return all.subarray(Math.max(0, all.length - count))
  let at = all.length - 1
  let left = all[at] === unit ? count + 1 : count
  for (at = all.length; left > 0 && at > 0; left--) {
    at = all.lastIndexOf(unit, at - 1)
    if (at < 0) return all
  }
  return at === 0 && left > 0 ? all : all.subarray(at + 1)
}

function delimiters(bytes: Uint8Array, unit: number): number {
  let n = 0
  for (let at = bytes.indexOf(unit); at >= 0; at = bytes.indexOf(unit, at + 1)) n++
  return n
}
