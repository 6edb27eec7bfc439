/** kubectl: the commands of its release (tree.ts); what they do is in commands/, found by its place. What is not there is not simulated and says so. */
import { isErrno } from '../../../kernel/errno'
import { ApiStatus } from '../../../kubernetes/api/status'
import type { Run } from '../../../kernel/run'
import { type Io, program } from '../../program'
import { DEFAULT_VERSION, readNodeFile } from '../node-file'
import { contextOf, type KubectlCommand } from './command'
import { serverError } from './errors'
import { Flags, type FlagSpec, UsageError } from '../../cobra/flags'
import { firstWord } from '../../cobra/words'
import { NotHere, Refused } from './refused'
import { suggestions } from './suggest'
import { Release } from './tree'

const COMMANDS = import.meta.glob<{ readonly default: KubectlCommand }>(['./commands/*.ts', './commands/*/*.ts', './commands/*/*/*.ts'], { eager: true })

/** Flags of any command that change nothing here: how the client caches, logs and sends. */
const IDLE = new Set([
  'help', 'v', 'vmodule', 'add-dir-header', 'alsologtostderr', 'log-backtrace-at', 'log-dir', 'log-file', 'log-file-max-size', 'log-flush-frequency', 'logtostderr', 'one-output', 'skip-headers', 'skip-log-headers',
  'stderrthreshold', 'cache-dir', 'disable-compression', 'match-server-version', 'request-timeout', 'warnings-as-errors', 'insecure-skip-tls-verify', 'namespace', 'kubeconfig', 'context', 'server', 'cluster', 'user',
  'allow-missing-template-keys', 'chunk-size', 'field-manager', 'server-print',
])
/** Groups that show themselves without complaint when no command below them is named; others do so on standard error. */
const CALM = ['', 'certificate', 'options']
/** Groups that show themselves on standard output, with status 1. */
const ALOUD = ['rollout']
/** cobra's word before an error, which cli-runtime's took the place of in 1.23. */
const NEWER_WORDS = 23

export default program({
  threads: 6,
  summary: 'the client of the Kubernetes API',
  size: 49_246_208,
  *run(io) {
    const release = new Release(yield* versionOf(io))
    const { path, args } = release.find(io.args)
    try {
      return yield* runCommand(io, release, path, args)
    } catch (error) {
      if (error instanceof NotHere) {
        io.err(`${error.message}\n`)
        return 125
      }
      if (error instanceof UsageError) io.err(`${release.minor < NEWER_WORDS ? 'Error' : 'error'}: ${error.message}\n`)
      else if (error instanceof Refused) io.err(`${error.message}\n`)
      else if (error instanceof ApiStatus) io.err(serverError(error))
      else if (isErrno(error)) io.err(`error: ${error.message}\n`)
      else throw error
      return 1
    }
  },
})

/** The release that the node's package of kubectl is of. */
function* versionOf(io: Io): Run<string> {
  try {
    const { version, kubectl } = yield* readNodeFile(io.sys)
    return kubectl ?? version ?? DEFAULT_VERSION
  } catch (error) {
    if (!isErrno(error)) throw error
    return DEFAULT_VERSION
  }
}

function* runCommand(io: Io, release: Release, path: string, args: readonly string[]): Run<number | void> {
  const words = path === '' ? 'kubectl' : `kubectl ${path}`
  const specs = release.flags(path)
  if (path === '') {
    const unknown = args[firstWord(args, specs)]
    if (unknown === 'help') return yield* help(io, release, args.filter((word) => word !== 'help' && !word.startsWith('-')))
    if (unknown !== undefined && args[0]?.startsWith('-')) throw new UsageError(unknownFirst(args[0]))
    if (unknown !== undefined) throw new UsageError(unknownCommand(release, unknown))
  }
  const flags = parsed(specs, args, words)
  for (const notice of flags.notices) io.err(`${notice}\n`)
  if (flags.is('help')) {
    io.out(yield* release.help(path))
    return 0
  }
  const needed = release.required(path)
  if (needed !== undefined && flags.text(needed) === undefined) throw new UsageError(`required flag(s) "${needed}" not set`)
  const found = COMMANDS[`./commands/${path.replaceAll(' ', '/')}.ts`]?.default
  if (found) {
    const strange = flags.given().find((name) => !found.flags.includes(name) && !IDLE.has(name))
    if (strange !== undefined) throw new NotHere(`${words} --${strange}: not simulated in this lab`)
    return yield* found.run(yield* contextOf(io, flags, release, words))
  }
  if (release.below(path).length === 0 && !CALM.includes(path)) throw new NotHere(`${words}: not simulated in this lab`)
  if (CALM.includes(path)) {
    io.out(yield* release.help(path))
    return 0
  }
  if (flags.args.length > 0) throw new Refused(`error: unknown command "${flags.args.join(' ')}"\nSee '${words} -h' for help and examples`)
  const text = yield* release.help(path)
  if (ALOUD.includes(path)) io.out(text)
  else io.err(text)
  return 1
}

function parsed(specs: readonly FlagSpec[], args: readonly string[], words: string): Flags {
  try {
    return new Flags(specs, args)
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${error.message}\nSee '${words} --help' for usage.`)
    throw error
  }
}

function* help(io: Io, release: Release, topic: readonly string[]): Run<number> {
  const { path, args } = release.find(topic)
  if (path === '' && args.length > 0) io.out(`Unknown help topic [${args.map((word) => `\`${word}\``).join(' ')}]\n`)
  io.out(yield* release.help(path))
  return 0
}

/** A word that is no command is looked for among the plugins, which take no flags before their name. */
const unknownFirst = (flag: string): string => `flags cannot be placed before plugin name: ${flag}`

function unknownCommand(release: Release, word: string): string {
  const near = suggestions(word, release.below(''))
  const said = `unknown command "${word}" for "kubectl"${near.length > 0 ? `\n\nDid you mean this?\n${near.map((each) => `\t${each}\n`).join('')}` : ''}`
  return release.minor < NEWER_WORDS ? `${said}\nRun 'kubectl --help' for usage.` : said.replace(/\n$/, '')
}
