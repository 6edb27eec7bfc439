/** Options of apt-get(8) and apt(8), and its words for those that it does not know. */
import type { Io } from '../program'

export interface AptOptions {
  readonly yes: boolean
  readonly quiet: 0 | 1 | 2
  readonly simulate: boolean
  readonly reinstall: boolean
  readonly purge: boolean
  readonly given: ReadonlySet<string>
  /** The command, then its arguments. */
  readonly words: readonly string[]
}

const LONG: Readonly<Record<string, string>> = {
  yes: 'y', 'assume-yes': 'y', quiet: 'q', simulate: 's', 'just-print': 's', 'dry-run': 's', recon: 's', 'no-act': 's', reinstall: 'reinstall', purge: 'purge',
  help: 'h', version: 'v', 'no-install-recommends': '', 'install-recommends': '', 'fix-broken': '', 'fix-missing': '', 'allow-unauthenticated': '', 'no-install-suggests': '',
  'show-upgraded': '', 'ignore-missing': '', 'auto-remove': 'autoremove', autoremove: 'autoremove', installed: 'installed', upgradable: 'upgradable', 'names-only': 'names-only',
  'all-versions': '', 'no-all-versions': '', full: '', 'allow-downgrades': '', 'allow-change-held-packages': '', 'no-upgrade': '', 'only-upgrade': '', 'no-pager': '',
}
const SHORT = new Set(['y', 'q', 's', 'h', 'v', 'f', 'm', 'u', 'V', 'n', 'a'])

/** Says what is wrong and gives undefined when an option is unknown. */
export function parseApt(io: Io): AptOptions | undefined {
  const given = new Set<string>()
  const words: string[] = []
  let quiet = 0
  const take = (name: string): void => {
    if (name === 'q') quiet++
    given.add(name)
  }
  for (let i = 0; i < io.args.length; i++) {
    const arg = io.args[i] ?? ''
    if (arg === '-o' || arg === '-c' || arg === '-t') {
      i++
      continue
    }
    if (arg.startsWith('--')) {
      const name = arg.slice(2).split('=')[0] ?? ''
      const known = LONG[name]
      if (known === undefined) {
        io.err(`E: Command line option ${arg} is not understood in combination with the other options\n`)
        return undefined
      }
      take(known === '' ? name : known)
    } else if (/^-[^-]/.test(arg)) {
      if (arg.startsWith('-o')) continue
      if (arg.startsWith('-q=')) {
        quiet = Number(arg.slice(3))
        continue
      }
      for (const letter of arg.slice(1)) {
        if (!SHORT.has(letter)) {
          io.err(`E: Command line option '${letter}' [from ${arg}] is not understood in combination with the other options.\n`)
          return undefined
        }
        take(letter)
      }
    } else words.push(arg)
  }
  return {
    yes: given.has('y') || quiet >= 2, quiet: quiet >= 2 ? 2 : quiet === 1 ? 1 : 0, simulate: given.has('s'), reinstall: given.has('reinstall'), purge: given.has('purge'), given, words,
  }
}
