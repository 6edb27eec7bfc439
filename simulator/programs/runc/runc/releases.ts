/** What runc 1.3 has otherwise than 1.1. The help texts and errors were compared with runc built from the tags v1.3.0 and v1.3.3, which differ in nothing but their version (recorded-1.3.jsonl). */
import type { RuncRelease } from '../../../containerd/runc/release'
import type { Command, Group } from '../../urfave/command'
import { bool, nameOf, string } from '../../urfave/flag'
import { after, type FlagEdit, reworded, type Revisions, revised } from '../../urfave/revise'

const MODES = 'cgroups mode: soft|full|strict|ignore (default: soft)'
const pidfd = (of: 'init' | 'exec'): FlagEdit =>
  after('console-socket', string('pidfd-socket', `path to an AF_UNIX socket which will receive a file descriptor referencing the ${of} process`, { refused: 'refused' }))

const REVISIONS: Revisions = {
  checkpoint: {
    flags: [
      after('tcp-established', bool('tcp-skip-in-flight', 'skip in-flight tcp connections'), bool('link-remap', 'allow one to link unlinked files back when possible')),
      reworded('manage-cgroups-mode', { usage: MODES }),
    ],
  },
  create: { flags: [pidfd('init')] },
  exec: { flags: [pidfd('exec')] },
  features: {
    description: `Show the enabled features.
   The result is parsable as a JSON.
   See https://github.com/opencontainers/runtime-spec/blob/main/features.md for the type definition.
`,
  },
  kill: { flags: [reworded('all', { hidden: 'hidden' })] },
  restore: { flags: [reworded('manage-cgroups-mode', { usage: MODES })] },
  run: { flags: [pidfd('init')] },
  update: {
    flags: [
      (flags) => flags.map((flag) => (nameOf(flag) === 'resources' ? { ...flag, usage: resourcesOf(flag.usage) } : flag)),
      after('cpu-quota', string('cpu-burst', 'CPU CFS hardcap burst limit (in usecs). Allowed accumulated cpu time additionally for burst a given period', { refused: 'refused' })),
      after('memory', string('cpu-idle', 'set cgroup SCHED_IDLE or not, 0: default behavior, 1: SCHED_IDLE', { refused: 'refused' })),
    ],
  },
}

/** The file's form has three fields more. */
const resourcesOf = (usage: string): string =>
  usage.replace('"swap": 0\n', '"swap": 0,\n    "checkBeforeUpdate": true\n').replace('"quota": 0,\n', '"quota": 0,\n    "burst": 0,\n').replace('"mems": ""\n', '"mems": "",\n    "idle": 0\n')

export const reviseFor = ({ line }: RuncRelease) => (path: string, spec: Command | Group): Command | Group => (line === '1.1' ? spec : revised(spec, REVISIONS[path]))
