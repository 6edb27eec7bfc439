/** As much of jq's command line as the glue must know (main.c of 1.6). */
import type { Run } from '../../kernel/run'

const TAKES: Readonly<Record<string, number>> = { '--arg': 2, '--argjson': 2, '--slurpfile': 2, '--rawfile': 2, '--argfile': 2, '--indent': 1, '-L': 1 }

export interface Wishes {
  readonly colors: boolean
  /** Input is text, not JSON. */
  readonly raw: boolean
  readonly help: boolean
  readonly version: boolean
}

export function wishesOf(args: readonly string[], stdout: 'terminal' | 'other'): Wishes {
  let colors = stdout === 'terminal'
  let raw = false
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (arg === '--') break
    i += TAKES[arg] ?? 0
    const is = (letter: string, long: string): boolean => arg === long || (/^-[^-L]/.test(arg) && arg.includes(letter))
    if (is('h', '--help')) return { colors, raw, help: true, version: false }
    if (is('V', '--version')) return { colors, raw, help: false, version: true }
    if (is('C', '--color-output')) colors = true
    if (is('M', '--monochrome-output')) colors = false
    if (is('R', '--raw-input')) raw = true
  }
  return { colors, raw, help: false, version: false }
}

/** `--argfile NAME FILE`, which later versions lack: the one value of the file, or a list of its values. */
export function* withoutArgfile(args: readonly string[], read: (path: string) => Run<string | null>): Run<string[]> {
  const out: string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    const [name, file] = [args[i + 1], args[i + 2]]
    if (arg === '--') return [...out, ...args.slice(i)]
    if (arg === '--argfile' && name !== undefined && file !== undefined) {
      const text = yield* read(file)
      out.push(...(text !== null && isJson(text) ? ['--argjson', name, text] : ['--slurpfile', name, file]))
      i += 2
    } else {
      const count = TAKES[arg] ?? 0
      out.push(...args.slice(i, i + 1 + count))
      i += count
    }
  }
  return out
}

/** The same with a filter that is more than definitions: to 1.6, none at all is `.`; null where the filter is in a file. */
export function withFilter(args: readonly string[]): string[] | null {
  let only = false
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (arg === '--') only = true
    else if (only || !arg.startsWith('-') || arg === '-') return args.map((each, at) => (at === i ? `${each}\n.` : each))
    else if (/^-[^-L]*f/.test(arg) || arg === '--from-file') return null
    else i += TAKES[arg] ?? 0
  }
  return null
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
