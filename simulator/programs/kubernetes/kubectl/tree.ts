/**
 * The commands of a release of kubectl: their names, aliases and flags, which its own help tells (scripts/kubectl-help.mjs), and the command that words ask
 * for (spf13/cobra command.go Find, stripFlags).
 */
import type { Run } from '../../../kernel/run'
import { type FlagSpec, specOf } from '../../cobra/flags'
import { firstWord } from '../../cobra/words'
import TABLE from './help/flags.json'
import { texts as texts20 } from './help/v1.20'
import { texts as texts27 } from './help/v1.27'
import { NotHere } from './refused'

interface Declared {
  readonly aliases?: readonly string[]
  readonly flags: readonly string[]
}
type Commands = Readonly<Record<string, Declared>>

const RELEASES: Readonly<Record<string, Commands>> = TABLE
const TEXTS: Readonly<Record<string, () => Run<Readonly<Record<string, string>>>>> = { 'v1.20': texts20, 'v1.27': texts27 }
/** From here on a client is taken to have the commands of 1.27. */
const NEWER = 24

/** Flags that have a value when they are given without one. */
const NO_VALUE: Readonly<Record<string, string>> = { 'dry-run': 'unchanged', cascade: 'background', validate: 'strict' }
/** Flags that must be given. */
const REQUIRED: Readonly<Record<string, string>> = { run: 'image', 'create deployment': 'image', scale: 'replicas', autoscale: 'max', 'create cronjob': 'schedule', 'create service externalname': 'external-name' }

/** Flags that the help does not tell of: how they are declared, and what is said of one that is given. */
const HIDDEN: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
  'v1.20': {
    run: {
      'replicas=1': 'has no effect and will be removed in the future.', "generator=''": 'has no effect and will be removed in the future.', "schedule=''": 'has no effect and will be removed in the future.',
      "service-generator='service/v2'": 'and will be removed in the future.', "service-overrides=''": 'and will be removed in the future.',
    },
    autoscale: { "generator=''": 'has no effect and will be removed in the future.' },
    drain: { 'delete-local-data=false': 'This option is deprecated and will be deleted. Use --delete-emptydir-data.' },
  },
  'v1.27': {
    version: { 'short=false': 'and will be removed in the future. The --short output will become the default.' },
    apply: { 'prune-whitelist=[]': 'Use --prune-allowlist instead.' },
    drain: { 'delete-local-data=false': 'This option is deprecated and will be deleted. Use --delete-emptydir-data.' },
  },
}
const RECORD = 'record=false'
const RECORD_GOES = '--record will be removed in the future'

export class Release {
  /** As `v1.20.2`. */
  readonly version: string
  readonly minor: number
  private readonly name: 'v1.20' | 'v1.27'
  private readonly commands: Commands
  constructor(version: string) {
    this.version = version
    this.minor = Number(version.split('.')[1])
    this.name = this.minor < NEWER ? 'v1.20' : 'v1.27'
    this.commands = RELEASES[this.name] ?? {}
  }
  /** Names of the commands below one, or of the first ones. */
  below(path: string): string[] {
    const start = path === '' ? '' : `${path} `
    return Object.keys(this.commands).filter((name) => name !== '' && name !== '!' && name.startsWith(start) && !name.slice(start.length).includes(' ')).map((name) => name.slice(start.length))
  }
  flags(path: string): FlagSpec[] {
    const declared = [...(this.commands[path]?.flags ?? []), ...(this.commands['!']?.flags ?? [])].map((text) => specOf(text, NO_VALUE))
    const hidden = Object.entries(HIDDEN[this.name]?.[path] ?? {}).map(([text, deprecated]) => ({ ...specOf(text, NO_VALUE), deprecated }))
    const records = this.name !== 'v1.20' && RELEASES['v1.20']?.[path]?.flags.includes(RECORD) ? [{ ...specOf(RECORD, NO_VALUE), deprecated: RECORD_GOES }] : []
    return [...declared, ...hidden, ...records, { name: 'help', short: 'h', type: 'bool', value: 'false' }]
  }
  required(path: string): string | undefined {
    return REQUIRED[path]
  }
  /** The longest name of a command that the words begin with, flags between them left out, and the other words. */
  find(words: readonly string[]): { readonly path: string; readonly args: readonly string[] } {
    let path = ''
    let args = words
    for (;;) {
      const at = firstWord(args, this.flags(path))
      const word = args[at]
      const name = word === undefined ? undefined : this.named(path, word)
      if (name === undefined) return { path, args }
      path = path === '' ? name : `${path} ${name}`
      args = [...args.slice(0, at), ...args.slice(at + 1)]
    }
  }
  private named(path: string, word: string): string | undefined {
    const below = this.below(path)
    return below.find((name) => name === word) ?? below.find((name) => this.commands[path === '' ? name : `${path} ${name}`]?.aliases?.includes(word))
  }
  /** The help of a command. */
  *help(path: string): Run<string> {
    const text = (yield* (TEXTS[`v1.${this.minor}`] ?? noTexts)())[path]
    if (text === undefined) throw new NotHere(`kubectl ${path === '' ? '' : `${path} `}--help: not simulated in this lab for kubectl ${this.version}`)
    return text
  }
}

function* noTexts(): Run<Readonly<Record<string, string>>> {
  return {}
}
