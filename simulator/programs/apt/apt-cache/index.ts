/** apt-cache(8) 2.6: asks the archive's lists. */
import { loadArchive } from '../../dpkg/archive'
import { Database } from '../../dpkg/database'
import { program } from '../../program'
import type { Command } from '../commands'
import { aptMain } from '../main'
import { cacheSearch, cacheShow, depends, packageNames, policy } from '../show'
import { HELP } from './help'

const asks = (work: (...args: [Parameters<Command>[0], Database, readonly string[], Parameters<Command>[1]]) => number): Command =>
  function* (io, options, words) {
    return work(io, yield* Database.open(io.sys, yield* loadArchive(io.sys)), words, options)
  }

const COMMANDS: Readonly<Record<string, Command>> = {
  show: asks(cacheShow),
  depends: asks(depends),
  pkgnames: asks(packageNames),
  search: asks((io, database, words, { given }) => cacheSearch(io, database, words, given.has('names-only') || given.has('n') ? 'names' : 'all')),
  *policy(io, _, words) {
    return yield* policy(io, yield* Database.open(io.sys, yield* loadArchive(io.sys)), words)
  },
}

export default program({
  summary: 'query the package lists', size: 88_456,
  run: (io) => aptMain(io, HELP, COMMANDS),
})
