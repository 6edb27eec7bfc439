/** dpkg(1) 1.21.22, as far as it asks the database and removes. Archive files (`dpkg -i FILE.deb`) are not simulated: packages come through apt. */
import type { Run } from '../../../kernel/run'
import { loadArchive } from '../archive'
import { Database } from '../database'
import { list, listFiles, matches, search, status } from '../query'
import { readingDatabase, removing } from '../report'
import { type Io, program } from '../../program'
import { HELP, VERSION } from './help'

const HINT = `
Type dpkg --help for help about installing and deinstalling packages [*];
Use 'apt' or 'aptitude' for user-friendly package management;
Type dpkg -Dhelp for a list of dpkg debug flag values;
Type dpkg --force-help for a list of forcing options;
Type dpkg-deb --help for help about manipulating *.deb files;

Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
`
type Action = (io: Io, operands: readonly string[]) => Run<number>
const asks = (work: (io: Io, database: Database, operands: readonly string[]) => number | Run<number>): Action =>
  function* (io, operands) {
    const answer = work(io, yield* Database.open(io.sys, yield* loadArchive(io.sys)), operands)
    return typeof answer === 'number' ? answer : yield* answer
  }

const remove = asks(function* (io, database, names) {
  if (names.length === 0) {
    io.err(`dpkg: error: --remove needs at least one package name argument\n${HINT}`)
    return 2
  }
  let first = true
  for (const name of names) {
    const found = database.installed(name)
    if (!found) {
      io.err(`dpkg: warning: ignoring request to remove ${name} which isn't installed\n`)
      continue
    }
    const needed = database.dependentsOf(name).filter((other) => !names.includes(other))
    if (needed.length > 0) {
      io.err(`dpkg: dependency problems prevent removal of ${name}:\n${needed.map((other) => ` ${other} depends on ${name}.\n`).join('')}\ndpkg: error processing package ${name} (--remove):\n dependency problems - not removing\nErrors were encountered while processing:\n ${name}\n`)
      return 1
    }
    if (first) readingDatabase(io, database)
    first = false
    removing(io, found)
    yield* database.remove(name)
  }
  return 0
})

const ACTIONS: Readonly<Record<string, Action>> = {
  list: asks(list), status: asks(status), listfiles: asks(listFiles), search: asks(search), remove, purge: remove,
  *'print-architecture'(io) {
    io.out('amd64\n')
    return 0
  },
  'get-selections': asks((io, database, patterns) => {
    for (const { name, fields } of database.all()) {
      if (patterns.length > 0 && !patterns.some((p) => matches(p)(name))) continue
      const shown = fields.get('Multi-Arch') === 'same' ? `${name}:${fields.get('Architecture')}` : name
      io.out(`${shown}${'\t'.repeat(Math.max(1, 6 - Math.floor(shown.length / 8)))}install\n`)
    }
    return 0
  }),
  /** Nothing is ever left half configured. */
  *configure() {
    return 0
  },
}
const SHORT: Readonly<Record<string, string>> = { l: 'list', s: 'status', L: 'listfiles', S: 'search', r: 'remove', P: 'purge' }
const SIMULATED_NOT = new Set(['-i', '--install', '--unpack', '-c', '--contents', '-I', '--info', '-x', '--extract', '-V', '--verify', '-b', '--build', '--audit', '-C', '--compare-versions', '--set-selections', '-p'])

export default program({
  unwritten: ({ why }) => ({ said: `dpkg-query: error: error writing to '<standard output>': ${why}\n`, status: 2 }),
  summary: 'package manager for Debian', size: 318_096,
  *run(io) {
    const [first = '', ...rest] = io.args
    if (first === '--help' || first === '-?') {
      io.out(HELP)
      return 0
    }
    if (first === '--version') {
      io.out(VERSION)
      return 0
    }
    if (SIMULATED_NOT.has(first)) {
      io.err(`dpkg: ${first}: not simulated in this lab\n`)
      return 125
    }
    const action = ACTIONS[/^-[a-zA-Z]$/.test(first) ? (SHORT[first.slice(1)] ?? '') : first.replace(/^--/, '')]
    if (first === '' || (!action && !first.startsWith('-'))) {
      io.err(`dpkg: error: need an action option\n${HINT}`)
      return 2
    }
    if (!action || !first.startsWith('-')) {
      io.err(`dpkg: error: unknown option ${first}\n${HINT}`)
      return 2
    }
    return yield* action(io, rest.filter((word) => word !== '-a'))
  },
})
