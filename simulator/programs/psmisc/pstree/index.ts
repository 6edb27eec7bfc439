/** pstree(1) of PSmisc 23.6. Recording: query/ps. */
import { isErrno } from '../../../kernel/errno'
import { accounts } from '../../coreutils/accounts'
import { optionsOf } from '../../options/call'
import { declare } from '../../options/declare'
import type { Options } from '../../options/parse'
import { type Io, program } from '../../program'
import { versionText } from '../version'
import { ASCII, Drawing, type DrawOptions, UNICODE, VT100 } from './draw'
import { USAGE } from './help'
import { byNamespace, hasNamespace, NAMESPACES, type Proc, readTree, trimAbove } from './tree'

const DECLARED = declare(['  -h, --highlight-all', USAGE])

function screenWidth(io: Io): number {
  const columns = Number(io.env('COLUMNS') || 'none')
  if (Number.isInteger(columns) && columns > 0) return columns
  try {
    return io.sys.getWindowSize(1).cols || 132
  } catch (error) {
    if (!isErrno(error)) throw error
    return 132
  }
}

function symbols(io: Io, options: Options): DrawOptions['symbols'] {
  const asked = options.last('ascii', 'vt100', 'unicode')
  if (asked) return asked === 'ascii' ? ASCII : asked === 'vt100' ? VT100 : UNICODE
  return io.sys.isatty(1) && /utf-?8/i.test(io.env('LC_ALL') || io.env('LC_CTYPE') || io.env('LANG') || '') ? UNICODE : ASCII
}

/** Every process of a user whose parents are another's. */
function* rootsOf(p: Proc, uid: number): Generator<Proc> {
  if (p.uid === uid) yield p
  else for (const child of p.children) yield* rootsOf(child, uid)
}

export default program({
  paths: ['/usr/bin/pstree', '/usr/bin/pstree.x11'],
  memory: { vmPeak: 3044, vmSize: 3044, vmHWM: 1776, vmRSS: 1776, rssAnon: 96, rssFile: 1680 },
  summary: 'display a tree of processes',
  *run(io) {
    const { sys } = io
    const usage = (message = ''): never => {
      io.err(message === '' ? USAGE : `${io.name}: ${message}\n${USAGE}`)
      return io.exit(1)
    }
    const options = optionsOf(io, DECLARED, usage)
    if (options.has('version')) {
      io.err(versionText('pstree', '1993-2021'))
      return 0
    }
    const color = options.value('color')
    if (color !== undefined && color.toLowerCase() !== 'age') usage()
    const nsType = options.value('ns-sort')
    const kinds: readonly string[] = NAMESPACES
    const nsIndex = nsType === undefined ? -1 : kinds.indexOf(nsType)
    if (nsType !== undefined) {
      if (nsIndex < 0) usage()
      if (!hasNamespace(sys, nsType)) {
        io.err(`procfs file for ${nsType} namespace not available\n`)
        return 1
      }
    }
    const highlighted = options.value('highlight-pid')
    if (options.has('highlight-all') && highlighted !== undefined) usage()
    if (highlighted !== undefined && !io.env('TERM')) {
      io.err('TERM is not set\n')
      return 1
    }
    if (highlighted !== undefined && !(Number.parseInt(highlighted, 10) > 0)) usage()
    if (options.operands.length > 1) usage()
    const [operand] = options.operands
    const known = yield* accounts(sys)
    let pid = 1
    let uid: number | undefined
    if (operand !== undefined && /^\d/.test(operand)) {
      if (!/^\d+$/.test(operand)) usage()
      pid = Number(operand)
    } else if (operand !== undefined) {
      uid = known.users.find((u) => u.name === operand)?.id
      if (uid === undefined) {
        io.err(`No such user name: ${operand}\n`)
        return 1
      }
    }
    const width = screenWidth(io)
    const cut = options.has('long') ? 'whole' : 'cut'
    const all = yield* readTree(sys, {
      order: options.has('numeric-sort') ? 'pid' : 'name', threads: options.has('hide-threads') ? 'hidden' : options.has('thread-names') ? 'named' : 'plain',
      argumentBytes: cut === 'cut' ? width : 8192,
    })
    const mark = highlighted !== undefined ? Number.parseInt(highlighted, 10) : options.has('highlight-all') && io.env('TERM') ? sys.pid : 0
    for (let p = all.get(mark) ?? null; p; p = p.parent) p.highlighted = 'yes'
    if (options.has('show-parents') && pid === 0) pid = 1
    if (options.has('show-parents') && operand !== undefined && uid === undefined) {
      const chosen = all.get(pid)
      if (!chosen) {
        io.err(`Process ${pid} not found.\n`)
        return 1
      }
      trimAbove(chosen)
      pid = 1
    }
    const init = all.get(1)
    // Above the first process stands one that nobody sees.
    if (init && pid === 0) all.set(0, { ...init, pid: 0, pgid: 0, comm: '?', args: [], ns: [], context: '', parent: null, children: [init] })
    const shows = { pids: 'show-pids', pgids: 'show-pgids', users: 'uid-changes', namespaces: 'ns-changes', contexts: 'security-context' } as const
    const names = ['pids', 'pgids', 'users', 'namespaces', 'contexts'] as const
    const drawing = new Drawing({
      symbols: symbols(io, options), width, cut, equal: options.has('compact-not') || options.has('show-pids') ? 'apart' : 'compact',
      arguments: options.has('arguments') ? 'shown' : 'hidden', show: new Set(names.filter((name) => options.has(shows[name]))), colors: color === undefined ? 'none' : 'age',
      userName: (id) => known.user(id) ?? String(id),
    })
    const root = all.get(1)
    if (nsIndex >= 0 && root) {
      for (const [number, group] of byNamespace(root, nsIndex)) {
        drawing.put(`[${number}]`)
        drawing.newline()
        for (const p of group) drawing.tree(p)
      }
    } else if (uid === undefined) {
      const start = all.get(pid)
      if (start) drawing.tree(start)
    } else if (root) {
      const roots = [...rootsOf(root, uid)]
      if (roots.length === 0) {
        io.err('No processes found.\n')
        return 1
      }
      roots.forEach((p, i) => {
        if (i > 0) drawing.newline()
        drawing.tree(p, 0, { count: 1, place: 'first', rest: 'last', above: p.uid, closing: 0 })
      })
    }
    io.out(drawing.text)
    return 0
  },
})
