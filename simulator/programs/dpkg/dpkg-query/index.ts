/** dpkg-query(1) 1.21.22. */
import { loadArchive } from '../archive'
import { Database } from '../database'
import { list, listFiles, search, show, status } from '../query'
import { program } from '../../program'
import { HELP, VERSION } from './help'

const DEFAULT_FORMAT = '$' + '{binary:Package}\\t$' + '{Version}\\n'
const ACTIONS: Readonly<Record<string, string>> = { '-l': 'list', '--list': 'list', '-s': 'status', '--status': 'status', '-L': 'files', '--listfiles': 'files', '-S': 'search', '--search': 'search', '-W': 'show', '--show': 'show' }

export default program({
  summary: 'ask the package database', size: 162_384,
  *run(io) {
    let action = ''
    let format = DEFAULT_FORMAT
    const operands: string[] = []
    for (let i = 0; i < io.args.length; i++) {
      const arg = io.args[i] ?? ''
      if (arg === '--help' || arg === '-?') {
        io.out(HELP)
        return 0
      }
      if (arg === '--version') {
        io.out(VERSION)
        return 0
      }
      const named = ACTIONS[arg]
      if (named) action = named
      else if (arg === '-f' || arg === '--showformat') format = io.args[++i] ?? ''
      else if (arg.startsWith('-f=') || arg.startsWith('--showformat=')) format = arg.slice(arg.indexOf('=') + 1)
      else if (arg.startsWith('-f')) format = arg.slice(2)
      else if (arg === '--no-pager') continue
      else if (arg.startsWith('-')) {
        io.err(`dpkg-query: error: unknown option ${arg}\n\nUse --help for help about querying packages.\n`)
        return 2
      } else operands.push(arg)
    }
    if (action === '') {
      io.err('dpkg-query: error: need an action option\n\nUse --help for help about querying packages.\n')
      return 2
    }
    const database = yield* Database.open(io.sys, yield* loadArchive(io.sys))
    switch (action) {
      case 'list': return list(io, database, operands)
      case 'status': return status(io, database, operands)
      case 'files': return yield* listFiles(io, database, operands)
      case 'search': return search(io, database, operands)
      default: return show(io, database, operands, format)
    }
  },
})
