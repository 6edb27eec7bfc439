/** docker: the client of the Engine API (docker/cli cmd/docker). Its commands are those of its help; what they do is in commands/, found by its place. */
import { EngineError } from '../../../docker/services'
import { RELEASE } from '../../../docker/release'
import type { Run } from '../../../kernel/run'
import { Flags, UsageError } from '../../cobra/flags'
import { firstWord } from '../../cobra/words'
import { type Io, program } from '../../program'
import { callDaemon, type DockerCommand, fromDaemon, hostOf, Refused } from './command'
import { helpOf, widthOf } from './help'
import { arityOf, canonical, find, flagsOf, isGroup, textOf } from './texts'

const COMMANDS = import.meta.glob<{ readonly default: DockerCommand }>(['./commands/*.ts', './commands/*/*.ts'], { eager: true })

/** Options of docker itself that are heeded here, or change nothing. */
const OWN = ['help', 'host', 'debug', 'log-level', 'config', 'version']
const WRONG_OPTION = 125

export default program({
  threads: 6,
  size: 45_842_768,
  summary: 'the client of dockerd: images, containers, networks, volumes',
  *run(io) {
    try {
      return yield* runDocker(io)
    } catch (error) {
      if (error instanceof EngineError) io.err(`${fromDaemon(error)}\n`)
      else if (error instanceof Refused) io.err(`${error.message}\n`)
      else throw error
      return error instanceof Refused ? error.code : 1
    }
  },
})

function* runDocker(io: Io): Run<number | void> {
  const root = flagsOf('')
  const at = firstWord(io.args, root)
  const before = at < 0 ? io.args : io.args.slice(0, at)
  const globals = parsed(io, '', () => new Flags(root, before))
  if (globals.is('version')) {
    io.out(`Docker version ${RELEASE.version}, build ${RELEASE.clientCommit}\n`)
    return 0
  }
  refuseOthers('docker', globals, [...OWN, ...(globals.text('context') === 'default' ? ['context'] : [])])
  const help = (path: string): string => helpOf(path, widthOf(io.sys))
  if (at < 0) {
    if (globals.is('help')) io.out(help(''))
    else io.err(help(''))
    return 0
  }
  const words = io.args.slice(at)
  if (words[0] === 'help') return helpTopic(io, words.slice(1), help)
  const { path, args } = find(words)
  if (path === '') throw new Refused(`docker: '${words[0] ?? ''}' is not a docker command.\nSee 'docker --help'`)
  const called = `docker ${path}`
  const found = COMMANDS[`./commands/${canonical(path).replaceAll(' ', '/')}.ts`]?.default
  const flags = parsed(io, path, () => new Flags(flagsOf(path), args, found?.reading))
  for (const notice of flags.notices) io.err(`${notice}\n`)
  if (flags.is('help')) {
    io.out(help(path))
    return 0
  }
  if (isGroup(path)) {
    io.err(help(path))
    return flags.args.length > 0 ? 1 : 0
  }
  const rest = [...flags.args, ...(flags.rest ?? [])]
  checkWords(path, rest.length)
  if (!found) throw new Refused(`${called}: not simulated in this lab`, 125)
  refuseOthers(called, flags, [...found.flags, 'help', ...(flags.is('disable-content-trust') ? ['disable-content-trust'] : [])])
  const host = hostOf(io, globals)
  return yield* found.run({ io, flags, args: rest, words: called, call: (work) => callDaemon(io, host, work) })
}

function refuseOthers(called: string, flags: Flags, heeded: readonly string[]): void {
  const strange = flags.given().find((name) => !heeded.includes(name))
  if (strange !== undefined) throw new Refused(`${called} --${strange}: not simulated in this lab`, 125)
}

function parsed(io: Io, path: string, make: () => Flags): Flags {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    const name = path === '' ? 'docker' : `docker ${path}`
    // The first command shows all of its help besides.
    throw new Refused(`${error.message}\nSee '${name} --help'.${path === '' ? `\n${helpOf('', widthOf(io.sys))}` : ''}`, WRONG_OPTION)
  }
}

function helpTopic(io: Io, topic: readonly string[], help: (path: string) => string): number {
  const { path, args } = find(topic)
  if (args.length > 0) throw new Refused(`unknown help topic: ${topic.join(' ')}`)
  io.out(help(path))
  return 0
}

/** cli/required.go. */
function checkWords(path: string, count: number): void {
  const { least, most } = arityOf(path)
  if (count >= least && count <= most) return
  const arguments_ = (n: number): string => `argument${n === 1 ? '' : 's'}`
  const wanted =
    most === 0 ? 'accepts no arguments' : most === least ? `requires exactly ${least} ${arguments_(least)}` : most === Number.POSITIVE_INFINITY ? `requires at least ${least} ${arguments_(least)}`
    : least === 0 ? `requires at most ${most} ${arguments_(most)}` : `requires at least ${least} and at most ${most} arguments`
  const { usage, about } = textOf(path)
  throw new Refused(`"docker ${path}" ${wanted}.\nSee 'docker ${path} --help'.\n\nUsage:  ${usage.replaceAll('\n', '\n\t')}\n\n${about.split('\n')[0]}`)
}
