/** tsort(1) of coreutils 9.1: words in an order that keeps all pairs; loops are told and broken. */
import { atMost, command, fail } from '../command'
import { openSource, reason, shown } from '../files'
import { decode } from '../../../kernel/bytes'
import { compareText } from '../sort/keys'
import { HELP, VERSION } from './help'

interface Item {
  readonly name: string
  /** How many must come before. */
  before: number
  successors: Item[]
  done: boolean
}

export default command({
  summary: 'perform topological sort',
  help: HELP, version: VERSION,
  *run(io, options) {
    atMost(io, options.operands, 1)
    const [path = '-'] = options.operands
    let words: string[]
    try {
      const source = yield* openSource(io.sys, path)
      words = decode(yield* source.all()).split(/[ \t\n]+/).filter((w) => w !== '')
    } catch (error) {
      return fail(io, `${shown(path)}: ${reason(error)}`)
    }
    if (words.length % 2 === 1) return fail(io, `${shown(path)}: input contains an odd number of tokens`)
    const items = new Map<string, Item>()
    const item = (name: string): Item => {
      let found = items.get(name)
      if (!found) {
        found = { name, before: 0, successors: [], done: false }
        items.set(name, found)
      }
      return found
    }
    for (let i = 0; i < words.length; i += 2) {
      const [a, b] = [item(words[i] ?? ''), item(words[i + 1] ?? '')]
      if (a === b) continue
      b.before++
      a.successors.unshift(b)
    }
    const sorted = [...items.values()].sort((a, b) => compareText(a.name, b.name))
    let left = sorted.length
    let status = 0
    const queue = sorted.filter((s) => s.before === 0)
    while (left > 0) {
      for (let next = queue.shift(); next; next = queue.shift()) {
        io.out(`${next.name}\n`)
        next.done = true
        left--
        for (const s of next.successors) if (--s.before === 0) queue.push(s)
      }
      if (left === 0) break
      status = 1
      io.err(`${io.name}: ${shown(path)}: input contains a loop:\n`)
      const loop = loopOf(sorted.filter((s) => !s.done))
      for (const member of loop) io.err(`${io.name}: ${member.name}\n`)
      const [first] = loop
      const last = loop.at(-1)
      if (!first || !last) break
      // The edge that closes the loop goes.
      last.successors.splice(last.successors.indexOf(first), 1)
      if (--first.before === 0) queue.push(first)
    }
    return status
  },
})

/** A loop among the items, from its beginning. */
function loopOf(items: readonly Item[]): Item[] {
  for (const start of items) {
    const trail: Item[] = []
    let at: Item | undefined = start
    while (at && !trail.includes(at)) {
      trail.push(at)
      at = at.successors.find((s) => !s.done && s.before > 0)
    }
    if (at) return trail.slice(trail.indexOf(at))
  }
  return []
}

