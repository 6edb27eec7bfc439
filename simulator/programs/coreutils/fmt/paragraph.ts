/** Where fmt breaks the lines of a paragraph: the breaks whose costs are least, found from the last word on (Knuth and Plass; fmt.c of 9.1). */

export interface Word {
  readonly text: string
  /** Blanks behind it. */
  space: number
  readonly paren: boolean
  readonly punct: boolean
  period: boolean
  final: boolean
}

export interface Shape {
  readonly width: number
  readonly goal: number
  readonly firstIndent: number
  readonly otherIndent: number
}

const square = (n: number): number => n * n
const short = (n: number): number => square(n * 10)
const ragged = (n: number): number => Math.trunc(short(n) / 2)
const COST = { line: square(70), sentence: square(50), noBreak: square(600), paren: square(40), punct: square(40), widow: square(200), orphan: square(150) }

/** What a line that begins at a word costs by itself. */
function baseCost(words: readonly Word[], at: number): number {
  let cost = COST.line
  const before = words[at - 1]
  if (before) {
    if (before.period) cost += before.final ? -COST.sentence : COST.noBreak
    else if (before.punct) cost -= COST.punct
    else if (words[at - 2]?.final) cost += Math.trunc(COST.widow / (before.text.length + 2))
  }
  const word = words[at]
  if (word?.paren) cost -= COST.paren
  else if (word?.final) cost += Math.trunc(COST.orphan / (word.text.length + 2))
  return cost
}

/** The word that each line ends before. */
export function breaks(words: readonly Word[], shape: Shape): number[] {
  const best = new Array<number>(words.length + 1).fill(0)
  const nextBreak = new Array<number>(words.length + 1).fill(0)
  const lengths = new Array<number>(words.length + 1).fill(0)
  for (let start = words.length - 1; start >= 0; start--) {
    let least = Infinity
    let length = (start === 0 ? shape.firstIndent : shape.otherIndent) + (words[start]?.text.length ?? 0)
    for (let end = start + 1; ; end++) {
      let cost = best[end] ?? 0
      if (end < words.length) {
        cost += short(shape.goal - length)
        if (nextBreak[end] !== words.length) cost += ragged(length - (lengths[end] ?? 0))
      }
      if (cost < least) {
        least = cost
        nextBreak[start] = end
        lengths[start] = length
      }
      if (end === words.length) break
      length += (words[end - 1]?.space ?? 0) + (words[end]?.text.length ?? 0)
      if (length >= shape.width) break
    }
    best[start] = least + baseCost(words, start)
  }
  const out: number[] = []
  for (let at = 0; at < words.length; at = nextBreak[at] ?? words.length) out.push(nextBreak[at] ?? words.length)
  return out
}
