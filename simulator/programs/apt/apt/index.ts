/** apt(8) 2.6: apt-get's commands and some of apt-cache's, for people. */
import { program } from '../../program'
import { open } from '../change'
import { type Command, commandsOf } from '../commands'
import { aptMain } from '../main'
import { listPackages, policy, searchPackages, showPackages } from '../show'
import { loadArchive } from '../../dpkg/archive'
import { Database } from '../../dpkg/database'
import { HELP } from './help'

const COMMANDS: Readonly<Record<string, Command>> = {
  ...commandsOf('apt'),
  *list(io, { given }, words) {
    return yield* listPackages(io, yield* Database.open(io.sys, yield* loadArchive(io.sys)), words, given.has('installed') ? 'installed' : given.has('upgradable') ? 'upgradable' : 'all')
  },
  *show(io, _, words) {
    return yield* showPackages(io, yield* Database.open(io.sys, yield* loadArchive(io.sys)), words)
  },
  *search(io, { given }, words) {
    return yield* searchPackages(io, yield* Database.open(io.sys, yield* loadArchive(io.sys)), words, given.has('names-only') || given.has('n') ? 'names' : 'all')
  },
  *policy(io, options, words) {
    return yield* policy(io, yield* open(io, { ...options, quiet: 2 }), words)
  },
}

export default program({
  summary: 'command-line interface of the package manager', size: 18_752,
  *run(io) {
    if (!io.sys.isatty(1) && io.args.some((word) => !word.startsWith('-'))) io.err('\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n')
    return yield* aptMain(io, HELP, COMMANDS)
  },
})
