/** containerd 1.6: the container runtime's daemon, and what it says of itself and its configuration (cmd/containerd/command/main.go). */
import { runContainerd } from '../../../containerd/daemon'
import { ownRelease } from '../../../containerd/release'
import type { Io } from '../../program'
import { program } from '../../program'
import { CONFIG_HELP, DEFAULT_CONFIG, HELP } from './texts'

const WITH_VALUE = ['config', 'c', 'log-level', 'l', 'address', 'a', 'root', 'state']

/** What stands behind the flags; or what is wrong with them. */
function words(args: readonly string[]): { readonly rest: readonly string[]; readonly asked?: 'help' | 'version'; readonly unknown?: string } {
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (!word.startsWith('-')) return { rest: args.slice(at) }
    const [name = '', value] = word.replace(/^--?/, '').split('=', 2)
    if (name === 'help' || name === 'h') return { rest: [], asked: 'help' }
    if (name === 'version' || name === 'v') return { rest: [], asked: 'version' }
    if (!WITH_VALUE.includes(name)) return { rest: [], unknown: name }
    if (value === undefined) at++
  }
  return { rest: [] }
}

function configure(io: Io, [verb, second]: readonly string[]): number {
  if (verb === undefined || ['help', 'h', '--help', '-h'].includes(verb)) io.out(CONFIG_HELP)
  else if (verb === 'default' && second === undefined) io.out(DEFAULT_CONFIG)
  else if (['default', 'dump', 'migrate'].includes(verb)) {
    io.err(`containerd: not simulated in this lab: config ${verb}\n`)
    return 125
  } else {
    io.err(`No help topic for '${verb}'`)
    return 3
  }
  return 0
}

export default program({
  size: 48_168_072,
  threads: 9,
  summary: 'the container runtime: images, snapshots, containers, tasks, and the CRI for the kubelet',
  *run(io) {
    const { rest, asked, unknown } = words(io.args)
    const { module, version, revision } = yield* ownRelease(io.sys)
    const hasTexts = version === '1.6.20~ds1'
    if (asked === 'version') io.out(`containerd ${module} ${version} ${revision}\n`)
    else if (!hasTexts && (asked || unknown !== undefined || rest.length > 0)) {
      io.err('containerd: not simulated in this lab\n')
      return 125
    }
    if (asked === 'help') io.out(HELP)
    if (asked) return 0
    if (unknown !== undefined) {
      io.out(`Incorrect Usage. flag provided but not defined: -${unknown}\n\n${HELP}`)
      io.err(`containerd: flag provided but not defined: -${unknown}\n`)
      return 1
    }
    const [command] = rest
    if (command === 'config') return configure(io, rest.slice(1))
    if (command === 'help' || command === 'h') {
      io.out(HELP)
      return 0
    }
    if (command === 'publish' || command === 'oci-hook') {
      io.err(`containerd: not simulated in this lab: ${command}\n`)
      return 125
    }
    return yield* runContainerd(io.sys)
  },
})
