/** How an applet of busybox 1.35 reads its options and says what was wrong with them (libbb/getopt32.c, appletlib.c bb_show_usage). */
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { Exit, type Io } from '../program'

export type Applet = (io: Io) => Run<number | void>

export const BANNER = 'BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.'

/** Ends an applet with banner and usage on standard error and status 1. */
export class Usage extends Exit {
  readonly applet: string
  constructor(applet: string) {
    super(1)
    this.applet = applet
  }
}
export function showUsage(io: Io, name: string = io.name): never {
  throw new Usage(name)
}

export class Given {
  readonly operands: readonly string[]
  private readonly options: readonly (readonly [string, string])[]
  constructor(options: readonly (readonly [string, string])[], operands: readonly string[]) {
    this.options = options
    this.operands = operands
  }
  /** As if `name` had been given too. */
  with(name: string): Given {
    return new Given([...this.options, [name, '']], this.operands)
  }
  has(...names: readonly string[]): boolean {
    return this.options.some(([name]) => names.includes(name))
  }
  value(name: string): string | undefined {
    return this.options.findLast(([given]) => given === name)?.[1]
  }
  values(name: string): string[] {
    return this.options.filter(([given]) => given === name).map(([, value]) => value)
  }
}

/**
 * getopt(3): letters, a colon after those with a value; a leading `+` ends options at the first operand. `long` names what stands
 * behind two dashes, and the letter it is.
 */
export function parseLetters(io: Io, letters: string, long: Readonly<Record<string, string>> = {}): Given {
  const options: (readonly [string, string])[] = []
  const operands: string[] = []
  const known = letters.replace(/^\+/, '')
  const fail = (text: string): never => {
    io.err(`${io.name}: ${text}\n`)
    return showUsage(io)
  }
  const { args } = io
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (word === '--') {
      operands.push(...args.slice(at + 1))
      break
    }
    if (word.startsWith('--')) {
      const [name = '', value] = word.slice(2).split('=', 2)
      const letter = long[name]
      if (letter === undefined) return fail(`unrecognized option '${word}'`)
      const takes = known.charAt(known.indexOf(letter) + 1) === ':'
      options.push([letter, takes ? (value ?? args[++at] ?? '') : (value ?? '')])
      continue
    }
    if (!word.startsWith('-') || word === '-') {
      if (letters.startsWith('+')) {
        operands.push(...args.slice(at))
        break
      }
      operands.push(word)
      continue
    }
    for (let i = 1; i < word.length; i++) {
      const letter = word.charAt(i)
      const place = letter === ':' ? -1 : known.indexOf(letter)
      if (place < 0) return fail(`invalid option -- '${letter}'`)
      if (known.charAt(place + 1) !== ':') {
        options.push([letter, ''])
        continue
      }
      if (known.charAt(place + 2) === ':') {
        options.push([letter, word.slice(i + 1)])
        break
      }
      const value = i + 1 < word.length ? word.slice(i + 1) : args[++at]
      if (value === undefined) return fail(`option requires an argument -- '${letter}'`)
      options.push([letter, value])
      break
    }
  }
  return new Given(options, operands)
}

/** An applet with options. */
export function applet(letters: string, run: (io: Io, given: Given) => Run<number | void>, long?: Readonly<Record<string, string>>): Applet {
  return function* (io) {
    return yield* run(io, parseLetters(io, letters, long))
  }
}

/** xatou and its like: a number, or the end. */
export function wholeNumber(io: Io, text: string): number {
  if (/^-?\d+$/.test(text)) return Number(text)
  io.err(`${io.name}: invalid number '${text}'\n`)
  throw new Exit(1)
}

/** xatou_range: the number must also lie within bounds. */
export function numberWithin(io: Io, text: string, least: number, most: number): number {
  const number = wholeNumber(io, text)
  if (number >= least && number <= most) return number
  io.err(`${io.name}: number ${text} is not in ${least}..${most} range\n`)
  throw new Exit(1)
}

/** Tries `work` for each name and tells of failures in `words`; the status is 1 when one failed. */
export function* eachName(io: Io, names: readonly string[], words: (name: string) => string, work: (name: string) => Run<void>): Run<number> {
  let status = 0
  for (const name of names) {
    try {
      yield* work(name)
    } catch (error) {
      if (!isErrno(error)) throw error
      io.err(`${io.name}: ${words(name)}: ${error.message}\n`)
      status = 1
    }
  }
  return status
}
