/** A LIST of cut(1): `1,3-5,7-`, sorted and merged; a string is what is wrong with it. */
export function parseList(text: string, unit: 'field' | 'byte/character', quote: (text: string) => string): [number, number][] | string {
  const ranges: [number, number][] = []
  const numbered = unit === 'field' ? 'fields are numbered from 1' : 'byte/character positions are numbered from 1'
  for (const part of text.split(/[, ]/)) {
    const found = /^(\d*)(-?)(\d*)$/.exec(part)
    if (!found || part === '') {
      if (part === '') return numbered
      return unit === 'field' ? `invalid field value ${quote(part.replace(/^[\d-]*/, ''))}` : `invalid byte/character position ${quote(part.replace(/^[\d-]*/, ''))}`
    }
    const [, low = '', dash = '', high = ''] = found
    if (dash === '-' && low === '' && high === '') return 'invalid range with no endpoint: -'
    const large = [low, high].find((digits) => Number(digits) > 1.8446744073709552e19)
    if (large !== undefined) return `${unit === 'field' ? 'field number' : 'byte/character offset'} ${quote(large)} is too large`
    const a = low === '' ? 1 : Number(low)
    const b = dash === '' ? a : high === '' ? Infinity : Number(high)
    if (a === 0 || b === 0) return numbered
    if (b < a) return 'invalid decreasing range'
    ranges.push([a, b])
  }
  ranges.sort((x, y) => x[0] - y[0])
  const merged: [number, number][] = []
  for (const [low, high] of ranges) {
    const last = merged.at(-1)
    if (last && low <= last[1]) last[1] = Math.max(last[1], high)
    else merged.push([low, high])
  }
  return merged
}

export const selects = (ranges: readonly [number, number][], n: number): boolean => ranges.some(([low, high]) => n >= low && n <= high)
