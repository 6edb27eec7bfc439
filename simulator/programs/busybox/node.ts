/**
 * Applets that do what the node's own program does. They take only the options that busybox has, and say in its words what failed:
 * each line of the node's program on standard error is turned by the pairs of `words`. A line that nothing is left of is not shown.
 */
import { decode } from '../../kernel/bytes'
import { Exit, Io, type ProgramModule } from '../program'
import { type Applet, type Given, parseLetters, showUsage } from './applet'

type Turn = string | ((whole: string, ...groups: readonly string[]) => string)
export type Words = readonly (readonly [RegExp, Turn])[]

const turnedBy = (text: string, words: Words): string => words.reduce((shown, [pattern, by]) => (typeof by === 'string' ? shown.replace(pattern, by) : shown.replace(pattern, by)), text)

export interface Row {
  /** Package and folder of the node's program. */
  readonly program: string
  /** What busybox's usage lets be given; `any` where the program's own reading does. */
  readonly letters: string | 'any'
  readonly long?: Readonly<Record<string, string>>
  /** Arguments that the node's program needs to do the same. */
  readonly before?: readonly string[]
  /** The same behind those given. */
  readonly after?: readonly string[]
  readonly words?: Words | ((given: Given | null) => Words)
  /** The same for standard output. */
  readonly shows?: Words | ((io: Io, given: Given | null) => Words)
  /** The status of a failure where the node's program has another. */
  readonly failure?: number
  /** The status when all that the node's program told of is passed over. */
  readonly passed?: number
  /** More operands than this: the usage is shown. */
  readonly most?: number
  /** No operand, and none of these options: the usage is shown. */
  readonly needs?: readonly string[]
}

/** GNU's hint after a wrong call, and what stands before it when operands are missing or too many. */
const HINT = /^(?:\S+: )?Try '.*--help.*' for more information\.$/
const OPERANDS = /: (?:missing .*operand|extra operand|too (?:few|many) )|^Usage: /
const OPTIONS = /: (?:unrecognized option|invalid option|option )/

class Turned extends Io {
  private readonly words: Words
  private readonly shows: Words
  private held = ''
  /** The last line, kept back: a hint may follow. */
  private last: string | undefined
  /** Something was told that is not passed over. */
  told = false
  passedOver = false
  wrongCall = false
  constructor(io: Io, words: Words, shows: Words) {
    super(io.sys)
    this.words = words
    this.shows = shows
  }
  override out(text: string | Uint8Array): void {
    super.out(typeof text === 'string' ? turnedBy(text, this.shows) : text)
  }
  override err(text: string | Uint8Array): void {
    const lines = (this.held + (typeof text === 'string' ? text : decode(text))).split('\n')
    this.held = lines.pop() ?? ''
    for (const line of lines) {
      if (HINT.test(line)) {
        if (this.last !== undefined && OPERANDS.test(this.last)) this.last = undefined
        else if (this.last === undefined || !OPTIONS.test(this.last)) continue
        this.wrongCall = true
        continue
      }
      this.say()
      this.last = line
    }
  }
  /** Lets go of the line that was kept back. */
  say(): void {
    if (this.last === undefined) return
    const shown = turnedBy(this.last, this.words)
    if (shown !== '' || this.last === '') {
      super.err(`${shown}\n`)
      this.told = true
    } else this.passedOver = true
    this.last = undefined
  }
}

export function asOnNode(module: ProgramModule, { letters, long, before = [], after = [], words = [], shows = [], failure, passed, most, needs }: Row): Applet {
  return function* (io) {
    const given = letters === 'any' ? null : parseLetters(io, letters, long)
    if (given && needs && given.operands.length === 0 && !given.has(...needs)) return showUsage(io)
    if (given && most !== undefined && given.operands.length > most) return showUsage(io)
    const turned = new Turned(io, typeof words === 'function' ? words(given) : words, typeof shows === 'function' ? shows(io, given) : shows)
    // The real applet's name is its own, whoever called it (`busybox cat`).
    Object.defineProperties(turned, { name: { value: io.name }, args: { value: [...before, ...io.args, ...after] } })
    let code: number
    try {
      code = (yield* module.run(turned)) ?? 0
    } catch (thrown) {
      turned.say()
      if (!turned.wrongCall) {
        yield* turned.flush()
        if (thrown instanceof Exit && passed !== undefined && turned.passedOver && !turned.told) return passed
        if (thrown instanceof Exit && failure !== undefined && thrown.code > failure && turned.told) return failure
        throw thrown
      }
      code = 1
    }
    turned.say()
    yield* turned.flush()
    if (turned.wrongCall) return showUsage(io)
    if (turned.passedOver && !turned.told && code > 0 && passed !== undefined) return passed
    return code > (failure ?? code) && code !== 125 ? (turned.told ? (failure ?? code) : 1) : code
  }
}
