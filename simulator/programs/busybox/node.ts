/**
 * Applets that do what the node's own program does. They take only the options that busybox has, and say in its words what failed:
 * each line of the node's program on standard error is turned by the pairs of `words`.
 */
import { decode } from '../../kernel/bytes'
import { Io, type ProgramModule } from '../program'
import { type Applet, parseLetters } from './applet'

export type Words = readonly (readonly [RegExp, string])[]

class Turned extends Io {
  private readonly words: Words
  private held = ''
  constructor(io: Io, words: Words) {
    super(io.sys)
    this.words = words
  }
  override err(text: string | Uint8Array): void {
    const lines = (this.held + (typeof text === 'string' ? text : decode(text))).split('\n')
    this.held = lines.pop() ?? ''
    for (const line of lines) super.err(`${this.words.reduce((shown, [pattern, by]) => shown.replace(pattern, by), line)}\n`)
  }
}

export function asOnNode(module: ProgramModule, letters: string | 'any', words: Words = [], long?: Readonly<Record<string, string>>): Applet {
  return function* (io) {
    if (letters !== 'any') parseLetters(io, letters, long)
    const turned = new Turned(io, words)
    // The real applet's name is its own, whoever called it (`busybox cat`).
    Object.defineProperties(turned, { name: { value: io.name }, args: { value: io.args } })
    try {
      return yield* module.run(turned)
    } finally {
      yield* turned.flush()
    }
  }
}
