/** Names of signals as procps-ng and PSmisc know them: 31 of them, POLL for 29 (local/signals.c). */
import { signalName } from '../../kernel/signals'

const NUMBERS = Array.from({ length: 31 }, (_, i) => i + 1)
export const shortName = (signo: number): string => (signo === 29 ? 'POLL' : (signalName(signo) ?? String(signo)))

const ALIASES: Readonly<Record<string, number>> = { CLD: 17, IO: 29, IOT: 6, RTMIN: 34, EXIT: 0, NULL: 0 }

/** A number for `TERM`, `SIGTERM`, `15`, `RTMIN+2`; undefined when it names none. */
export function numberOf(name: string): number | undefined {
  const bare = name.toUpperCase().replace(/^SIG/, '')
  const found = NUMBERS.find((n) => shortName(n) === bare) ?? ALIASES[bare]
  if (found !== undefined) return found
  const [, real, digits = ''] = /^(RTMIN\+)?(\d+)$/.exec(bare) ?? []
  if (digits === '' || Number(digits) > 93) return undefined
  return Number(digits) + (real ? 34 : 0)
}

/** Takes the first argument that is `-SIGNAL` out of a command line. */
export function takeSignal(args: readonly string[]): { readonly args: readonly string[]; readonly signo: number | undefined } {
  const at = args.findIndex((arg) => arg.startsWith('-') && numberOf(arg.slice(1)) !== undefined)
  return at < 0 ? { args, signo: undefined } : { args: args.toSpliced(at, 1), signo: numberOf((args[at] ?? '').slice(1)) }
}

/** All names, blanks between them, lines of about 75 characters. */
export function listSignals(): string {
  let text = ''
  let position = 0
  for (const n of NUMBERS) {
    if (n > 1) {
      text += position > 73 ? '\n' : ' '
      position = position > 73 ? 0 : position + 1
    }
    text += shortName(n)
    position += shortName(n).length
  }
  return `${text}\n`
}

/** Seven columns of number and name. */
export const tableSignals = (): string =>
  `${NUMBERS.map((n) => {
    const cell = `${String(n).padStart(2)} ${shortName(n)}`
    return n % 7 === 0 ? `${cell}\n` : cell.padEnd(11)
  }).join('')}\n`

/** A name for a number, a number for a name; undefined for what is neither. */
export function convertSignal(text: string): string | undefined {
  const bare = text.toUpperCase().replace(/^SIG/, '')
  if (/^\d+$/.test(bare) && Number(bare) > 0) return NUMBERS.includes(Number(bare)) ? shortName(Number(bare)) : undefined
  const found = NUMBERS.find((n) => shortName(n) === bare)
  return found === undefined ? undefined : String(found)
}
