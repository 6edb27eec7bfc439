/** pmap(1) of procps-ng 4.0.2: the mappings of /proc/PID/maps and smaps. Its own files of columns (-c, -n) and -X are not simulated. */
import type { Run } from '../../../kernel/run'
import type { Io } from '../../program'
import { procpsCommand, wrongCall } from '../command'
import { readProcess, readText, commandLine } from '../processes'
import { HELP } from './help'

interface Mapping {
  readonly start: bigint
  readonly kb: number
  readonly mode: string
  readonly shared: 'shared' | 'private'
  readonly offset: string
  readonly device: string
  readonly name: string
  readonly keys: Map<string, number>
}

const NAMES: Readonly<Record<string, string>> = { '[stack]': '  [ stack ]', '': '  [ anon ]' }

/** A file by its last name, the stack, and everything else as anonymous. */
function nameOf(path: string, show: 'path' | 'base'): string {
  if (path.startsWith('/')) return show === 'path' ? path : path.slice(path.lastIndexOf('/') + 1)
  return NAMES[path] ?? '  [ anon ]'
}

function parse(text: string, show: 'path' | 'base', range: readonly [bigint, bigint]): Mapping[] {
  const all: Mapping[] = []
  for (const line of text.split('\n')) {
    const key = /^([A-Z]\w+):\s+(\d+)/.exec(line)
    if (key) all.at(-1)?.keys.set(key[1] ?? '', Number(key[2]))
    const m = /^([0-9a-f]+)-([0-9a-f]+) (....) ([0-9a-f]+) ([0-9a-f]+):([0-9a-f]+) \d+ *(.*)$/.exec(line)
    if (!m) continue
    const [, from = '0', to = '0', access = '', offset = '0', major = '0', minor = '0', path = ''] = m
    const start = BigInt(`0x${from}`)
    const end = BigInt(`0x${to}`)
    if (end - 1n < range[0] || start > range[1]) continue
    const device = `${major.padStart(3, '0')}:${minor.padStart(5, '0')}`
    all.push({ start, kb: Number((end - start) / 1024n), mode: `${access.slice(0, 3)}${access[3] === 's' ? 's' : '-'}-`, shared: access[3] === 's' ? 'shared' : 'private', offset, device, name: nameOf(path, show), keys: new Map() })
  }
  return all
}

const hex = (n: bigint): string => n.toString(16).padStart(16, '0')
const sum = (all: readonly Mapping[], of: (m: Mapping) => number): number => all.reduce((total, m) => total + of(m), 0)
const n7 = (n: number | string): string => String(n).padStart(7)
const dirty = (m: Mapping): number => (m.keys.get('Private_Dirty') ?? 0) + (m.keys.get('Shared_Dirty') ?? 0)
const rss = (m: Mapping): number => m.keys.get('Rss') ?? 0

function* one(io: Io, pid: string, form: 'plain' | 'extended' | 'device', look: { show: 'path' | 'base'; quiet: 'quiet' | 'headed'; range: readonly [bigint, bigint] }): Run<'shown' | 'missing'> {
  const p = yield* readProcess(io.sys, Number(pid))
  if (!p) return 'missing'
  io.out(`${pid}:   ${commandLine(p)}\n`)
  const text = (yield* readText(io.sys, `/proc/${pid}/${form === 'extended' ? 'smaps' : 'maps'}`)) ?? ''
  const all = parse(text, look.show, look.range)
  const headed = look.quiet === 'headed'
  const total = sum(all, (m) => m.kb)
  if (form === 'extended') {
    if (headed) io.out(`Address           Kbytes     RSS   Dirty Mode  Mapping\n`)
    for (const m of all) io.out(`${hex(m.start)} ${n7(m.kb)} ${n7(rss(m))} ${n7(dirty(m))} ${m.mode} ${m.name}\n`)
    if (headed) io.out(`---------------- ------- ------- ------- \ntotal kB         ${n7(total)} ${n7(sum(all, rss))} ${n7(sum(all, dirty))}\n`)
  } else if (form === 'device') {
    if (headed) io.out('Address           Kbytes Mode  Offset           Device    Mapping\n')
    for (const m of all) io.out(`${hex(m.start)} ${n7(m.kb)} ${m.mode} ${m.offset.padStart(16, '0')} ${m.device} ${m.name}\n`)
    const writable = sum(all, (m) => (m.mode[1] === 'w' && m.shared === 'private' ? m.kb : 0))
    if (headed) io.out(`mapped: ${total}K    writeable/private: ${writable}K    shared: ${sum(all, (m) => (m.shared === 'shared' ? m.kb : 0))}K\n`)
  } else {
    for (const m of all) io.out(`${hex(m.start)} ${String(m.kb).padStart(6)}K ${m.mode} ${m.name}\n`)
    if (headed) io.out(` total ${String(total).padStart(16)}K\n`)
  }
  return 'shown'
}

export default procpsCommand({
  help: HELP,
  hidden: '  -r, --sunos\n  -X\n  -A, --range=<low>',
  check: ({ name, value = '' }) => (name === 'range' && !/^[0-9a-f]+(,([0-9a-f]+)?)?$/i.test(value) ? `failed to parse argument: '${value}'` : undefined),
  summary: 'report memory map of a process',
  *run(io, options) {
    if (['X', 'read-rc', 'read-rc-from', 'create-rc', 'create-rc-to'].some((name) => options.has(name))) {
      io.err('pmap: not simulated in this lab\n')
      return 125
    }
    if (options.has('sunos')) io.err('pmap: option -r is ignored as SunOS compatibility\n')
    if (options.operands.length === 0) wrongCall(io, HELP)
    const [low = '0', high] = (options.value('range') ?? '0,ffffffffffffffff').split(',')
    const address = (text: string): bigint => (/^[0-9a-f]+$/i.test(text) ? BigInt(`0x${text}`) : 0n)
    const range = [address(low), address(high ?? low)] as const
    const form = options.has('extended') ? 'extended' : options.has('device') ? 'device' : 'plain'
    let missing = 0
    for (const word of options.operands) {
      const pid = word.replace(/^\/proc\//, '')
      if (!/^\d+$/.test(pid)) wrongCall(io, HELP)
      const done = yield* one(io, pid, form, { show: options.has('show-path') ? 'path' : 'base', quiet: options.has('quiet') ? 'quiet' : 'headed', range })
      if (done === 'missing') missing++
    }
    return missing > 0 ? 42 : 0
  },
})
