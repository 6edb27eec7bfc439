/** lslocks(8) of util-linux 2.38.1: /proc/locks with the commands and the files that they are about. */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { majorOf, minorOf } from '../../coreutils/devices'
import { command } from '../command'
import type { Io } from '../../program'
import { readText } from '../../procps/processes'
import { humanSize } from '../mounts'
import { chosenColumns, printTable, type SmartColumn, type SmartLine, symbolsFor, terminalWidth } from '../smartcols'
import { HELP } from './help'

const COLUMNS: Readonly<Record<string, SmartColumn>> = {
  COMMAND: { name: 'COMMAND', hint: 15 }, PID: { name: 'PID', hint: 5, right: 'right', json: 'number' }, TYPE: { name: 'TYPE', hint: 5, right: 'right' }, SIZE: { name: 'SIZE', hint: 4, right: 'right' },
  INODE: { name: 'INODE', hint: 5, right: 'right', json: 'number' }, 'MAJ:MIN': { name: 'MAJ:MIN', hint: 6 }, MODE: { name: 'MODE', hint: 5 }, M: { name: 'M', hint: 1, json: 'boolean' },
  START: { name: 'START', hint: 10, right: 'right', json: 'number' }, END: { name: 'END', hint: 10, right: 'right', json: 'number' }, PATH: { name: 'PATH', hint: 0, trunc: 'trunc', wrap: 'wrap' },
  BLOCKER: { name: 'BLOCKER', hint: 0, right: 'right', json: 'number' },
}
const FIRST = ['COMMAND', 'PID', 'TYPE', 'SIZE', 'MODE', 'M', 'START', 'END', 'PATH']

interface Held {
  readonly path: string
  readonly size: number
}

/** The file among a process's descriptors. */
function fileOf(io: Io, pid: string, inode: number, device: string): Held | undefined {
  try {
    for (const { name } of io.sys.readdir(`/proc/${pid}/fd`)) {
      const stat = io.sys.stat(`/proc/${pid}/fd/${name}`)
      const number = `${majorOf(stat.dev).toString(16).padStart(2, '0')}:${minorOf(stat.dev).toString(16).padStart(2, '0')}`
      if (stat.ino === inode && number === device) return { path: io.sys.readlink(`/proc/${pid}/fd/${name}`), size: stat.size }
    }
  } catch (error) {
    if (!isErrno(error)) throw error
  }
  return undefined
}

function* commandOf(io: Io, pid: string): Run<string> {
  const text = yield* readText(io.sys, `/proc/${pid}/comm`)
  return text === undefined ? '(unknown)' : text.trimEnd()
}

export default command({
  help: HELP,
  hidden: '  -p, --pid <pid>\n  -o, --output <list>',
  version: 'lslocks from util-linux 2.38.1\n',
  summary: 'list local system locks',
  *run(io, options) {
    const wanted = options.value('pid')
    if (wanted !== undefined && !/^\d+$/.test(wanted)) {
      io.err(`lslocks: invalid PID argument: '${wanted}'\n`)
      return 1
    }
    const columns = chosenColumns(options.value('output'), Object.keys(COLUMNS), options.has('output-all') ? Object.keys(COLUMNS) : FIRST)
    if ('unknown' in columns) {
      io.err(`lslocks: unknown column: ${columns.unknown}\n`)
      return 1
    }
    const lines: SmartLine[] = []
    // The newest lock comes first.
    for (const line of ((yield* readText(io.sys, '/proc/locks')) ?? '').split('\n').filter(Boolean)) {
      const [, type = '', , mode = '', pid = '', place = '', start = '', end = ''] = line.split(/\s+/)
      if (wanted !== undefined && pid !== wanted) continue
      const [major = '', minor = '', inode = ''] = place.split(':')
      const file = fileOf(io, pid, Number(inode), `${major}:${minor}`)
      const cells: Readonly<Record<string, string | undefined>> = {
        COMMAND: yield* commandOf(io, pid), PID: pid, TYPE: type, SIZE: file && file.size > 0 ? (options.has('bytes') ? String(file.size) : humanSize(file.size)) : file && options.has('bytes') ? '0' : undefined, INODE: inode,
        'MAJ:MIN': `${Number.parseInt(major, 16)}:${Number.parseInt(minor, 16)}`, MODE: mode, M: '0', START: start, END: end === 'EOF' ? '0' : end, PATH: file?.path, BLOCKER: undefined,
      }
      lines.push({ cells: columns.map((name) => cells[name]), children: [] })
    }
    io.out(printTable({
      name: 'locks', columns: columns.map((name) => COLUMNS[name] ?? { name, hint: 0 }), lines, form: options.has('json') ? 'json' : options.has('raw') ? 'raw' : 'human', headings: options.has('noheadings') ? 'hidden' : 'shown',
      symbols: symbolsFor(io.sys.env), terminal: options.has('notruncate') ? undefined : terminalWidth(io.sys),
    }))
    return 0
  },
})
