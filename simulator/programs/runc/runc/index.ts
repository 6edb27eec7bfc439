/**
 * runc 1.1 (runc(8)), and 1.3 (`releases.ts`): containers from bundles. Commands are files below `commands/`; help, parsing and errors follow from their
 * declarations (urfave/cli 1.22), compared with the real runc 1.1.5 of Debian 12.
 */
import { RuncError } from '../../../containerd/runc/index'
import { program } from '../../program'
import { runApp } from '../../urfave/app'
import { type Modules, tree } from '../../urfave/command'
import { Failure } from '../../urfave/context'
import { bool, string } from '../../urfave/flag'
import { isErrno } from '../../../kernel/errno'
import { rootOf } from './arguments'
import { report, setUpLog } from './log'
import { reviseFor } from './releases'
import { about, helpRelease, versionText } from './texts'
import { ownRunc, type RuncRelease } from '../../../containerd/runc/release'

const MODULES: Modules = import.meta.glob<Modules[string]>('./commands/*.ts', { eager: true })

const ROOT = './commands'
const NAMES = ['checkpoint', 'create', 'delete', 'events', 'exec', 'kill', 'list', 'pause', 'ps', 'restore', 'resume', 'run', 'spec', 'start', 'state', 'update', 'features']

/** Of each line that was run. */
const COMMANDS = new Map<RuncRelease['line'], ReturnType<typeof tree>>()

function commandsOf(release: RuncRelease): ReturnType<typeof tree> {
  const revise = reviseFor(release)
  const known = COMMANDS.get(release.line) ?? tree(MODULES, ROOT, NAMES, (path, spec) => revise(path.slice(ROOT.length + 1), spec))
  COMMANDS.set(release.line, known)
  return known
}

/** Commands that start processes have more threads than others. */
const MORE_THREADS: Readonly<Record<string, number>> = { create: 3, run: 3, exec: 3 }

export default program({
  threads: 5,
  summary: 'starts containers from bundles, as the OCI runtime specification says',
  paths: ['/usr/sbin/runc', '/usr/bin/runc'],
  size: 8_752_456,
  // What its init holds while it sets a container up, as the recorded refusal of a memory limit tells.
  memory: { vmPeak: 1_237_108, vmSize: 1_237_108, vmHWM: 10_604, vmRSS: 10_604, rssAnon: 2204, rssFile: 8400 },
  *run(io) {
    const release = yield* ownRunc(io.sys)
    return yield* runApp(
      {
        name: 'runc',
        get usage() {
          return about()
        },
        version: 1,
        release: helpRelease(release),
        versionLine: `runc version ${versionText(release)}`,
        flags: [
          bool('debug', 'enable debug logging'),
          string('log', "set the log file to write runc logs to (default is '/dev/stderr')"),
          string('log-format', "set the log format ('text' (default), or 'json')", { value: 'text' }),
          string('root', 'root directory for storage of container state (this should be located in tmpfs)', { value: '/run/runc' }),
          string('criu', 'path to the criu binary used for checkpoint and restore', { value: 'criu', ...(release.line === '1.1' ? {} : { hidden: 'hidden' }) }),
          bool('systemd-cgroup', 'enable systemd cgroup support, expects cgroupsPath to be of form "slice:prefix:name" for e.g. "system.slice:runc:434234"'),
          string('rootless', "ignore cgroup permission errors ('true', 'false', or 'auto')", { value: 'auto' }),
        ],
        commands: commandsOf(release),
        *before(context) {
          for (let i = 0; i < (MORE_THREADS[context.arg(0)] ?? 0); i++) io.sys.createThread()
          yield* setUpLog(context)
          if (release.line !== '1.1' && context.isSet('root') && rootOf(context).replace(/(?<=\/)\/+$/, '') === '/') throw new RuncError('Option --root argument should not be set to /')
          if (release.line !== '1.1' && context.isSet('criu')) context.io.err('WARNING: --criu ignored (criu binary from $PATH is used); do not use\n')
        },
        *exitText(context, text) {
          yield* report(context, { level: 'error', message: `${text}\n`, by: 'exit' })
        },
        *fail(context, error) {
          if (!(error instanceof RuncError || error instanceof Failure || isErrno(error))) throw error
          yield* report(context, { level: 'error', message: isErrno(error) ? error.message.toLowerCase() : error.message, by: 'fatal' })
          return error instanceof RuncError ? error.exitStatus : 1
        },
      },
      io,
    )
  },
})
