/**
 * The releases of crictl that a node may have: 1.26.0, and what 1.29.0 has otherwise (urfave/cli 2.25; kubelet/cri/remote of Kubernetes 1.29 as its client). Help texts and
 * errors were compared with crictl built from the tag v1.29.0 (recorded-1.29.jsonl).
 */
import { ownNote } from '../../../kernel/executable'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import type { App } from '../../urfave/app'
import type { Command, Group } from '../../urfave/command'
import { Failure } from '../../urfave/context'
import { bool } from '../../urfave/flag'
import { after, reworded, type Revisions, revised } from '../../urfave/revise'
import { LINES } from './lines'

export interface CrictlRelease {
  readonly line: '1.26' | '1.29'
  readonly version: string
  readonly cli: Pick<App, 'layout' | 'helpFlag' | 'versionFlag'>
  /** Names of the commands in the order of the help. */
  readonly commands: readonly string[]
  revise(path: string, spec: Command | Group): Command | Group
  /** Where the client's file logs a failed call, by its message; where it is not listed it is as in 1.26. */
  readonly lines: Readonly<Record<string, number>>
}

const COMMANDS = [
  'attach', 'create', 'exec', 'version', 'images', 'inspect', 'inspecti', 'imagefsinfo', 'inspectp', 'logs', 'port-forward', 'ps', 'pull', 'run', 'runp',
  'rm', 'rmi', 'rmp', 'pods', 'start', 'info', 'stop', 'stopp', 'update', 'config', 'stats', 'statsp', 'completion', 'checkpoint',
]

const RELEASE_1_26: CrictlRelease = { line: '1.26', version: 'v1.26.0', cli: {}, commands: COMMANDS, revise: (_, spec) => spec, lines: {} }

const REVISIONS: Revisions = {
  checkpoint: { flags: [reworded('export', { usage: 'Specify the name of the tar archive (/path/to/checkpoint.tar) used to export the checkpoint image.' })] },
  config: { flags: [after('get', bool('list', 'show all option value'))] },
  images: { flags: [after('output', bool('pinned', 'Show whether the image is pinned or not', { refused: 'refused' }))] },
  logs: { flags: [reworded('limit-bytes', { value: '-1' }), reworded('tail', { value: '-1' })] },
  pull: { flags: [(flags) => flags.map((flag) => ({ ...flag, usage: flag.usage.replace('override the the pull context', 'override the pull c') }))] },
  statsp: { usage: "List pod statistics. Stats represent a structured API that will fulfill the Kubelet's /stats/summary endpoint." },
}

const NO_ID = 'ID cannot be empty'
/** What a command without arguments is told, where it was shown its help before. */
const NEEDED: Readonly<Record<string, string>> = {
  attach: NO_ID, checkpoint: NO_ID, inspect: NO_ID, logs: NO_ID, pull: 'Image name cannot be empty', start: NO_ID, stop: NO_ID, update: NO_ID,
}
/** Those that show their help where arguments are given. */
const WITHOUT_ARGUMENTS = ['info', 'ps']

/** Arguments are looked at more closely than in 1.26. */
function checked(path: string, spec: Command | Group): Command | Group {
  if (spec.kind === 'group') return spec
  const needed = NEEDED[path]
  return {
    ...spec,
    *run(context) {
      if (needed !== undefined && context.args.length === 0) throw new Failure(needed)
      if (path === 'rmi' && context.args.length === 0 && !context.bool('all') && !context.bool('prune')) return context.showHelp()
      // It shows its help and goes on.
      if (path === 'version' && context.args.length > 0) context.showHelp()
      if (WITHOUT_ARGUMENTS.includes(path) && context.args.length > 0) return context.showHelp()
      if (path === 'checkpoint' && context.string('export') === '') throw new Failure('Cannot checkpoint a container without specifying the checkpoint destination. Use --export=/path/to/checkpoint.tar')
      return yield* spec.run(context)
    },
  }
}

const RELEASE_1_29: CrictlRelease = {
  line: '1.29',
  version: 'v1.29.0',
  cli: { layout: '2.25', helpFlag: bool('help, h', 'show help', { default: 'hidden' }), versionFlag: bool('version, v', 'print the version', { default: 'hidden' }) },
  commands: [...COMMANDS.slice(0, COMMANDS.indexOf('completion')), 'metricsp', 'completion', 'checkpoint', 'runtime-config', 'events'],
  revise: (path, spec) => checked(path, revised(spec, REVISIONS[path])),
  lines: LINES,
}

export function* ownCrictl(sys: Sys): Run<CrictlRelease> {
  return (yield* ownNote(sys)).release === '1.29.0' ? RELEASE_1_29 : RELEASE_1_26
}
