/** runc list: lists containers started by runc with the given root (runc 1.1.5 list.go, runc-list(8)). */
import { command } from '../../../urfave/command'
import { bool, string } from '../../../urfave/flag'
import { makeRoot } from '../../../../containerd/runc/create'
import { containersIn, RuncError } from '../../../../containerd/runc/index'
import { ownRunc } from '../../../../containerd/runc/release'
import { isErrno } from '../../../../kernel/errno'
import type { Run } from '../../../../kernel/run'
import type { Sys } from '../../../../kernel/sys'
import { tabulate } from '../../../go/tabwriter'
import { checkArguments, rootOf } from '../arguments'
import { shown, type ShownContainer } from '../container'

export default () => command({
  name: 'list',
  usage: 'lists containers started by runc with the given root',
  args: `

Where the given root is specified via the global option "--root"
(default: "/run/runc").

EXAMPLE 1:
To list containers created via the default "--root":
       # runc list

EXAMPLE 2:
To list containers created using a non-default value for "--root":
       # runc --root value list`,
  flags: [
    string('format, f', 'select one of: table or json', { value: 'table' }),
    bool('quiet, q', 'display only container IDs'),
  ],
  *run(context) {
    checkArguments(context, { exactly: 0 })
    const { io, sys } = context
    const root = rootOf(context)
    yield* openRoot(sys, root)
    const found: ShownContainer[] = []
    for (const id of containersIn(sys, root)) {
      try {
        found.push(yield* shown(context, id, 'root'))
      } catch (error) {
        if (!(error instanceof RuncError)) throw error
        io.err(`load container ${id}: ${error.message}\n`)
      }
    }
    const format = context.string('format')
    if (context.bool('quiet')) for (const { id } of found) io.out(`${id}\n`)
    else if (format === 'json') io.out(`${found.length === 0 ? 'null' : JSON.stringify(found)}\n`)
    else if (format === 'table') {
      const rows = [HEADER, ...found.map((c) => [c.id, String(c.pid), c.status, c.bundle, c.created, c.owner])]
      io.out(tabulate(rows.map((row) => `${row.join('\t')}\n`).join(''), { minWidth: 12, tabWidth: 1, padding: 3, padChar: ' ' }))
    } else throw new RuncError('invalid format option')
  },
})

/** 1.1 makes the directory for states where it is not, later ones say that it is not there. */
function* openRoot(sys: Sys, root: string): Run {
  if ((yield* ownRunc(sys)).line === '1.1') return makeRoot(sys, root)
  try {
    sys.readdir(root)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new RuncError(`open ${root}: ${error.message.toLowerCase()}`)
  }
}

const HEADER = ['ID', 'PID', 'STATUS', 'BUNDLE', 'CREATED', 'OWNER']
