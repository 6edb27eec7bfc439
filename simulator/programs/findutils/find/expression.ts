/** find's expression: from arguments to a tree (find(1), "OPERATORS"). The words for what is wrong are findutils 4.9's. */
import type { Run } from '../../../kernel/run'
import type { Entry } from './entry'

/** A test or action on one file. */
export type Predicate = (entry: Entry) => boolean | Run<boolean>

export type Tree =
  | { readonly type: 'leaf'; readonly run: Predicate }
  | { readonly type: 'not'; readonly of: Tree }
  | { readonly type: 'and' | 'or' | 'comma'; readonly left: Tree; readonly right: Tree }

export class ExpressionError extends Error {}

/** Reads a primary's arguments, one after the other. */
export interface Arguments {
  /** The next; complains when there is none. */
  take(): string
  /** As many as stand before the end. */
  readonly rest: readonly string[]
  skip(count: number): void
}

/** Makes the predicate of a name such as `-size`; undefined: no such name. */
export type Make = (name: string, args: Arguments) => Run<Predicate | undefined>

const OPERATORS = new Set(['-o', '-or', '-a', '-and', ',', ')'])

export class ExpressionParser {
  private readonly words: readonly string[]
  private readonly make: Make
  private readonly exists: (path: string) => boolean
  private at = 0
  private last = ''
  constructor(words: readonly string[], make: Make, exists: (path: string) => boolean) {
    this.words = words
    this.make = make
    this.exists = exists
  }
  *parse(): Run<Tree | null> {
    if (this.words.length === 0) return null
    const tree = yield* this.comma()
    if (this.at < this.words.length) throw new ExpressionError(this.words[this.at] === ')' ? "invalid expression; you have too many ')'" : `paths must precede expression: \`${this.words[this.at] ?? ''}'`)
    return tree
  }
  private get word(): string | undefined {
    return this.words[this.at]
  }
  private *comma(): Run<Tree> {
    let left = yield* this.or()
    while (this.word === ',') {
      this.operator(',')
      left = { type: 'comma', left, right: yield* this.or() }
    }
    return left
  }
  private *or(): Run<Tree> {
    let left = yield* this.and()
    while (this.word === '-o' || this.word === '-or') {
      this.operator(this.word)
      left = { type: 'or', left, right: yield* this.and() }
    }
    return left
  }
  private *and(): Run<Tree> {
    let left = yield* this.not()
    for (;;) {
      const { word } = this
      if (word === '-a' || word === '-and') this.operator(word)
      else if (word === undefined || OPERATORS.has(word)) return left
      left = { type: 'and', left, right: yield* this.not() }
    }
  }
  private operator(word: string): void {
    this.at++
    if (this.word === undefined) throw new ExpressionError(`expected an expression after '${word}'`)
  }
  private *not(): Run<Tree> {
    if (this.word === '!' || this.word === '-not') {
      this.operator(this.word)
      return { type: 'not', of: yield* this.not() }
    }
    return yield* this.primary()
  }
  private *primary(): Run<Tree> {
    const word = this.word ?? ''
    if (word === '(') {
      this.at++
      if (this.word === undefined) throw new ExpressionError("invalid expression; expected to find a ')' but didn't see one. Perhaps you need an extra predicate after '('")
      if (this.word === ')') throw new ExpressionError('invalid expression; empty parentheses are not allowed.')
      const tree = yield* this.comma()
      if (this.word !== ')') throw new ExpressionError("invalid expression; I was expecting to find a ')' somewhere but did not see one.")
      this.at++
      return tree
    }
    if (OPERATORS.has(word)) {
      throw new ExpressionError(word === ')' ? 'invalid expression; you have too many \')\'' : `invalid expression; you have used a binary operator '${word}' with nothing before it.`)
    }
    if (!word.startsWith('-')) {
      const hint = this.exists(word) && this.last !== '' ? `\nfind: possible unquoted pattern after predicate \`${this.last}'?` : ''
      throw new ExpressionError(`paths must precede expression: \`${word}'${hint}`)
    }
    this.at++
    this.last = word
    const run = yield* this.make(word, {
      take: () => {
        if (this.at >= this.words.length) throw new ExpressionError(`missing argument to \`${word}'`)
        return this.words[this.at++] ?? ''
      },
      rest: this.words.slice(this.at),
      skip: (count) => {
        this.at += count
      },
    })
    if (!run) throw new ExpressionError(`unknown predicate \`${word}'`)
    return { type: 'leaf', run }
  }
}

export function* holds(tree: Tree, entry: Entry): Run<boolean> {
  switch (tree.type) {
    case 'leaf': {
      const result = tree.run(entry)
      return typeof result === 'boolean' ? result : yield* result
    }
    case 'not': return !(yield* holds(tree.of, entry))
    case 'and': return (yield* holds(tree.left, entry)) && (yield* holds(tree.right, entry))
    case 'or': return (yield* holds(tree.left, entry)) || (yield* holds(tree.right, entry))
    case 'comma':
      yield* holds(tree.left, entry)
      return yield* holds(tree.right, entry)
  }
}
