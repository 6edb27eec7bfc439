/** From tree to a small instruction list for the matcher (as in R. Cox, "Regular Expression Matching: the Virtual Machine Approach"). */
import type { CharSet } from './charset'
import { type Assertion, type Node, RegexError } from './parse'

export type Instruction =
  | { readonly op: 'char'; readonly code: number }
  | { readonly op: 'set'; readonly set: CharSet; readonly ascii: Uint8Array }
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'back'; readonly index: number }
  | { readonly op: 'assert'; readonly at: Assertion }
  | { readonly op: 'match' }

const MAX_INSTRUCTIONS = 100_000

export function assemble(root: Node, ascii: (set: CharSet) => Uint8Array): Instruction[] {
  const code: Instruction[] = []
  const put = (instruction: Instruction): number => {
    if (code.length > MAX_INSTRUCTIONS) throw new RegexError('Regular expression too big')
    return code.push(instruction) - 1
  }
  const emit = (node: Node): void => {
    switch (node.type) {
      case 'set': {
        const [only] = node.set.ranges
        const plain = !node.set.negated && !node.set.folds && node.set.classes.length === 0 && node.set.ranges.length === 1
        if (plain && only && only[0] === only[1]) put({ op: 'char', code: only[0] })
        else put({ op: 'set', set: node.set, ascii: ascii(node.set) })
        return
      }
      case 'sequence':
        for (const item of node.items) emit(item)
        return
      case 'group':
        put({ op: 'save', slot: node.index * 2 })
        emit(node.item)
        put({ op: 'save', slot: node.index * 2 + 1 })
        return
      case 'back':
        put({ op: 'back', index: node.index })
        return
      case 'assert':
        put({ op: 'assert', at: node.at })
        return
      case 'choice': {
        const ends: { to: number }[] = []
        node.items.forEach((item, i) => {
          if (i === node.items.length - 1) return emit(item)
          const split = { op: 'split' as const, first: code.length + 1, second: 0 }
          put(split)
          emit(item)
          const jump = { op: 'jump' as const, to: 0 }
          put(jump)
          ends.push(jump)
          split.second = code.length
        })
        for (const end of ends) end.to = code.length
        return
      }
      case 'repeat': {
        for (let i = 0; i < node.min; i++) emit(node.item)
        if (node.max === Infinity) {
          const split = { op: 'split' as const, first: 0, second: 0 }
          const at = put(split)
          split.first = code.length
          emit(node.item)
          put({ op: 'jump', to: at })
          split.second = code.length
          return
        }
        const splits: { second: number }[] = []
        for (let i = node.min; i < node.max; i++) {
          const split = { op: 'split' as const, first: code.length + 1, second: 0 }
          put(split)
          splits.push(split)
          emit(node.item)
        }
        for (const split of splits) split.second = code.length
      }
    }
  }
  emit(root)
  put({ op: 'match' })
  return code
}
