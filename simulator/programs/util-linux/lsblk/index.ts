/** lsblk(8) of util-linux 2.38.1: block devices from /sys/block, with where they are mounted. There are no partitions here, so no trees. */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Stat } from '../../../kernel/sys'
import { accounts, type Accounts } from '../../coreutils/accounts'
import { modeString } from '../../coreutils/modes'
import { command } from '../command'
import type { Options } from '../../options'
import type { Io } from '../../program'
import { readText } from '../../procps/processes'
import { humanSize, type MountEntry, readMounts } from '../mounts'
import { chosenColumns, printTable, type SmartColumn, type SmartLine, symbolsFor, terminalWidth } from '../smartcols'
import { HELP } from './help'

const RIGHT = new Set(['ALIGNMENT', 'DISC-ALN', 'DISC-GRAN', 'DISC-MAX', 'DISC-ZERO', 'FSAVAIL', 'FSSIZE', 'FSUSED', 'FSUSE%', 'HOTPLUG', 'LOG-SEC', 'MIN-IO', 'OPT-IO', 'PHY-SEC', 'RA', 'RAND', 'RM', 'RO', 'ROTA', 'RQ-SIZE', 'SIZE', 'START', 'WSAME', 'DAX', 'ZONE-SZ'])
const NUMBERS = new Set(['ALIGNMENT', 'LOG-SEC', 'MIN-IO', 'OPT-IO', 'PHY-SEC', 'RA', 'RQ-SIZE', 'START'])
const TRUTHS = new Set(['RM', 'RO', 'ROTA', 'RAND', 'HOTPLUG', 'DISC-ZERO', 'DAX'])
const HINTS: Readonly<Record<string, number>> = { NAME: 0.25, 'MAJ:MIN': 6, SIZE: 5, TYPE: 4, MOUNTPOINT: 0.1, MOUNTPOINTS: 0.1 }
const NAMES = [...HELP.slice(HELP.indexOf('Available output columns')).matchAll(/^ +([A-Z][A-Z0-9:%-]+) {2}/gm)].map(([, name = '']) => name)

const column = (name: string): SmartColumn => ({
  name, hint: HINTS[name] ?? 1, ...(RIGHT.has(name) ? { right: 'right' as const } : {}), ...(name === 'MOUNTPOINTS' || name === 'FSROOTS' ? { wrap: 'wrap' as const } : {}),
  ...(NUMBERS.has(name) ? { json: 'number' as const } : TRUTHS.has(name) ? { json: 'boolean' as const } : {}),
})

const FIRST = ['NAME', 'MAJ:MIN', 'RM', 'SIZE', 'RO', 'TYPE', 'MOUNTPOINTS']
const GROUPS: readonly (readonly [option: string, columns: readonly string[]])[] = [
  ['fs', ['NAME', 'FSTYPE', 'FSVER', 'LABEL', 'UUID', 'FSAVAIL', 'FSUSE%', 'MOUNTPOINTS']], ['perms', ['NAME', 'SIZE', 'OWNER', 'GROUP', 'MODE']],
  ['topology', ['NAME', 'ALIGNMENT', 'MIN-IO', 'OPT-IO', 'PHY-SEC', 'LOG-SEC', 'ROTA', 'SCHED', 'RQ-SIZE', 'RA', 'WSAME']], ['discard', ['NAME', 'DISC-ALN', 'DISC-GRAN', 'DISC-MAX', 'DISC-ZERO']],
]

interface Device {
  readonly name: string
  readonly numbers: string
  readonly bytes: number
}

class Lister {
  private readonly io: Io
  private readonly options: Options
  private readonly mounts: readonly MountEntry[]
  private readonly names: Accounts
  constructor(io: Io, options: Options, mounts: readonly MountEntry[], names: Accounts) {
    this.io = io
    this.options = options
    this.mounts = mounts
    this.names = names
  }
  private *attribute(device: Device, name: string): Run<string> {
    return ((yield* readText(this.io.sys, `/sys/block/${device.name}/${name}`)) ?? '').trim()
  }
  private size(bytes: number): string {
    return this.options.has('bytes') ? String(bytes) : humanSize(bytes)
  }
  private node(device: Device): Stat | undefined {
    try {
      return this.io.sys.stat(`/dev/${device.name}`)
    } catch (error) {
      if (!isErrno(error)) throw error
      return undefined
    }
  }
  *cell(device: Device, name: string): Run<string | undefined> {
    // The newest mount comes first.
    const own = this.mounts.filter((m) => m.device === device.numbers).reverse()
    const room = own[0] ? this.io.sys.statfs(own[0].target) : undefined
    switch (name) {
      case 'NAME': return this.options.has('paths') ? `/dev/${device.name}` : device.name
      case 'KNAME': return device.name
      case 'PATH': return `/dev/${device.name}`
      case 'MAJ:MIN': return device.numbers.split(':').map((n, i) => (i === 0 ? n.padStart(3) : n.padEnd(1))).join(':')
      case 'RM': case 'HOTPLUG': return yield* this.attribute(device, 'removable')
      case 'RO': return yield* this.attribute(device, 'ro')
      case 'SIZE': return this.size(device.bytes)
      case 'TYPE': return device.name.startsWith('loop') ? 'loop' : 'disk'
      case 'MOUNTPOINT': return own[0]?.target
      case 'MOUNTPOINTS': return own.map((m) => m.target).join('\n')
      case 'FSROOTS': return own.map((m) => m.root).join('\n')
      case 'FSTYPE': return own[0]?.type
      case 'FSSIZE': return room && this.size(room.blocks * room.blockSize)
      case 'FSAVAIL': return room && this.size(room.available * room.blockSize)
      case 'FSUSED': return room && this.size((room.blocks - room.free) * room.blockSize)
      case 'FSUSE%': return room && `${Math.round(((room.blocks - room.free) * 100) / room.blocks)}%`
      case 'OWNER': case 'GROUP': case 'MODE': {
        const stat = this.node(device)
        if (!stat) return undefined
        return name === 'OWNER' ? this.names.user(stat.uid) : name === 'GROUP' ? this.names.group(stat.gid) : modeString(stat.kind, stat.mode)
      }
      case 'ALIGNMENT': return yield* this.attribute(device, 'alignment_offset')
      case 'MIN-IO': return yield* this.attribute(device, 'queue/minimum_io_size')
      case 'OPT-IO': return yield* this.attribute(device, 'queue/optimal_io_size')
      case 'PHY-SEC': return yield* this.attribute(device, 'queue/physical_block_size')
      case 'LOG-SEC': return yield* this.attribute(device, 'queue/logical_block_size')
      case 'ROTA': return yield* this.attribute(device, 'queue/rotational')
      case 'SCHED': return /\[(.*)\]/.exec(yield* this.attribute(device, 'queue/scheduler'))?.[1]
      case 'RQ-SIZE': return yield* this.attribute(device, 'queue/nr_requests')
      case 'RA': return yield* this.attribute(device, 'queue/read_ahead_kb')
      case 'WSAME': case 'DISC-GRAN': case 'DISC-MAX': return this.size(0)
      case 'DISC-ALN': case 'DISC-ZERO': case 'RAND': case 'DAX': return '0'
      case 'ZONED': return yield* this.attribute(device, 'queue/zoned')
      case 'SUBSYSTEMS': return device.name.startsWith('loop') ? 'block' : 'block:virtio:pci'
      case 'TRAN': return device.name.startsWith('loop') ? undefined : 'virtio'
      default: return undefined
    }
  }
}

export default command({
  help: HELP,
  hidden: '  -E, --dedup <column>\n  -I, --include <list>\n  -e, --exclude <list>\n  -o, --output <list>\n  -x, --sort <column>\n  -w, --width <num>\n  --sysroot <dir>',
  version: 'lsblk from util-linux 2.38.1\n',
  paths: ['/bin/lsblk'],
  summary: 'list block devices',
  *run(io, options) {
    if (['scsi', 'zoned', 'sysroot', 'dedup', 'merge', 'width'].some((name) => options.has(name))) {
      io.err('lsblk: not simulated in this lab\n')
      return 125
    }
    const group = GROUPS.find(([option]) => options.has(option))
    const columns = chosenColumns(options.value('output'), NAMES, options.has('output-all') ? NAMES : (group?.[1] ?? FIRST))
    if ('unknown' in columns) {
      io.err(`lsblk: unknown column: ${columns.unknown}\n`)
      return 1
    }
    const devices: Device[] = []
    for (const { name } of io.sys.readdir('/sys/block')) {
      const numbers = ((yield* readText(io.sys, `/sys/block/${name}/dev`)) ?? '').trim()
      devices.push({ name, numbers, bytes: Number((yield* readText(io.sys, `/sys/block/${name}/size`)) ?? 0) * 512 })
    }
    const major = (d: Device): string => d.numbers.split(':')[0] ?? ''
    const among = (list: string | undefined, d: Device): boolean => (list ?? '').split(',').includes(major(d))
    let code = 0
    let shown: Device[]
    if (options.operands.length > 0) {
      shown = []
      for (const path of options.operands) {
        const found = devices.find((d) => `/dev/${d.name}` === path)
        if (found) shown.push(found)
        else {
          io.err(`lsblk: ${path}: not a block device\n`)
          code = 32
        }
      }
    } else shown = devices.filter((d) => (options.has('all') || d.bytes > 0) && (!options.has('include') || among(options.value('include'), d)) && !among(options.value('exclude'), d))
    shown.sort((a, b) => Number(major(a)) - Number(major(b)) || Number(a.numbers.split(':')[1]) - Number(b.numbers.split(':')[1]))
    const lister = new Lister(io, options, yield* readMounts(io.sys), yield* accounts(io.sys))
    const lines: SmartLine[] = []
    for (const device of shown) {
      const cells: (string | undefined)[] = []
      for (const name of columns) cells.push(yield* lister.cell(device, name))
      lines.push({ cells, children: [] })
    }
    const by = columns.indexOf(options.value('sort')?.toUpperCase() ?? '')
    if (by >= 0) lines.sort((a, b) => ((a.cells[by] ?? '') < (b.cells[by] ?? '') ? -1 : 1))
    if (options.has('json')) io.out(json(columns, lines))
    else
      io.out(printTable({
        name: 'blockdevices', columns: columns.map(column), lines, form: options.has('raw') ? 'raw' : options.has('pairs') ? 'pairs' : 'human', headings: options.has('noheadings') ? 'hidden' : 'shown',
        symbols: options.has('ascii') ? 'ascii' : symbolsFor(io.sys.env), terminal: terminalWidth(io.sys), ...(options.has('shell') ? { shellNames: 'shell' as const } : {}),
      }))
    return code
  },
})

/** Cells of several lines are lists, which the other tables have none of. */
function json(columns: readonly string[], lines: readonly SmartLine[]): string {
  const value = (name: string, text: string | undefined): string => {
    if (name === 'MOUNTPOINTS' || name === 'FSROOTS') return `[\n             ${text ? text.split('\n').map((t) => JSON.stringify(t)).join(', ') : 'null'}\n         ]`
    if (text === undefined || text === '') return 'null'
    return TRUTHS.has(name) ? String(text !== '0') : NUMBERS.has(name) ? text : JSON.stringify(text.trim())
  }
  const objects = lines.map(({ cells }) => `{\n${columns.map((name, i) => `         "${name.toLowerCase()}": ${value(name, cells[i])}`).join(',\n')}\n      }`)
  return `{\n   "blockdevices": [\n      ${objects.join(',')}\n   ]\n}\n`
}
