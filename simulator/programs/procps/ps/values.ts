/**
 * What stands in each column of ps for a process or thread: figures of proc(5), as output.c of procps-ng words them. A column names its
 * renderer in columns.ts; what files it reads stands in NEEDS.
 */
import { printable, readLink, readText, type ProcReader, shownCommand, ttyName } from '../processes'
import type { Run } from '../../../kernel/run'

export interface Machine {
  /** Seconds since boot. */
  readonly uptime: number
  /** Seconds since 1970. */
  readonly now: number
  readonly bootTime: number
  readonly memTotalKb: number
  readonly users: ReadonlyMap<number, string>
  readonly groups: ReadonlyMap<number, string>
  readonly names: 'names' | 'numbers'
  readonly times: 'own' | 'with-children'
  readonly environment: 'hidden' | 'shown'
  readonly commands: 'lines' | 'names'
  readonly long: 'short' | 'long'
}

/** A process, or one of its threads, as read once. */
export interface Subject {
  readonly pid: number
  /** Differs from pid in a reading of a thread. */
  readonly tid: number
  readonly comm: string
  readonly stat: StatFields
  /** Effective ids: those of the directory in /proc. */
  readonly uid: number
  readonly gid: number
  /** Files and links of its directory in /proc that the columns need. */
  readonly files: ReadonlyMap<string, string>
  /** Drawing of the forest before the command. */
  prefix: string
}

/** Most columns are among these. */
const EARLY = 20

/** Fields of /proc/PID/stat from the third on, by their number in proc(5); all are parted once a late one is asked for. */
class StatFields {
  private readonly text: string
  private parts: readonly string[]
  constructor(text: string) {
    this.text = text
    this.parts = text.split(' ', EARLY)
  }
  at(n: number): string | undefined {
    if (n - 3 >= EARLY && this.parts.length === EARLY) this.parts = this.text.split(' ')
    return this.parts[n - 3]
  }
}

const HZ = 100
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const two = (n: number): string => String(n).padStart(2, '0')

export const field = (p: Subject, n: number): number => Number(p.stat.at(n) ?? 0)
export const state = (p: Subject): string => p.stat.at(3) ?? '?'
export const ppid = (p: Subject): number => field(p, 4)
export const session = (p: Subject): number => field(p, 6)

/** A line of /proc/PID/status. */
function status(p: Subject, name: string): string {
  const text = p.files.get('status') ?? ''
  const at = text.indexOf(`\n${name}:`)
  return at < 0 ? '' : text.slice(at + name.length + 2, text.indexOf('\n', at + 1)).trim()
}
const kb = (p: Subject, name: string): number => Number.parseInt(status(p, name) || '0', 10)
/** real, effective, saved, file system id. */
export const ids = (p: Subject, kind: 'Uid' | 'Gid'): number[] => status(p, kind).split(/\s+/).map(Number)

const ticks = (p: Subject, m: Machine): number => field(p, 14) + field(p, 15) + (m.times === 'with-children' ? field(p, 16) + field(p, 17) : 0)
const ownSeconds = (p: Subject): number => Math.floor((field(p, 14) + field(p, 15)) / HZ)
const elapsedTicks = (p: Subject, m: Machine): number => Math.max(0, Math.floor(m.uptime * HZ) - field(p, 22))
const elapsed = (p: Subject, m: Machine): number => Math.floor(elapsedTicks(p, m) / HZ)
const began = (p: Subject, m: Machine): number => m.bootTime + Math.floor(field(p, 22) / HZ)
const share = (p: Subject, m: Machine, scale: number): number => {
  const jiffies = elapsedTicks(p, m)
  return jiffies > 0 ? Math.floor((ticks(p, m) * scale) / jiffies) : 0
}
const utilization = (p: Subject, m: Machine, used: number): number => {
  const jiffies = elapsedTicks(p, m)
  return jiffies > 0 ? (used * 100) / jiffies : 0
}

const clock = (d: Date): string => `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`
const day = (d: Date): string => String(d.getUTCDate()).padStart(2)
const dateOf = (seconds: number): Date => new Date(seconds * 1000)

const hms = (total: number): string => {
  const days = Math.floor(total / 86400)
  return `${days > 0 ? `${days}-` : ''}${two(Math.floor(total / 3600) % 24)}:${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`
}

function elapsedText(total: number): string {
  const days = Math.floor(total / 86400)
  const hours = Math.floor(total / 3600) % 24
  return `${days > 0 ? `${days}-` : ''}${days > 0 || hours > 0 ? `${two(hours)}:` : ''}${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`
}

/** STAT: state, nice, locked pages, session leader, threads, foreground (ps(1), PROCESS STATE CODES). */
function statText(p: Subject): string {
  const nice = field(p, 19)
  return state(p) + (nice < 0 ? '<' : nice > 0 ? 'N' : '') + (kb(p, 'VmLck') > 0 ? 'L' : '') + (session(p) === p.pid ? 's' : '') +
    (field(p, 20) > 1 ? 'l' : '') + (field(p, 5) === field(p, 8) ? '+' : '')
}

function startTime(p: Subject, m: Machine): string {
  const d = dateOf(began(p, m))
  const now = dateOf(m.now)
  if (d.getUTCFullYear() !== now.getUTCFullYear()) return String(d.getUTCFullYear())
  return d.getUTCMonth() === now.getUTCMonth() && d.getUTCDate() === now.getUTCDate() ? clock(d) : `${MONTHS[d.getUTCMonth()]}${two(d.getUTCDate())}`
}

function started(p: Subject, m: Machine): string {
  const d = dateOf(began(p, m))
  return began(p, m) + 86400 > m.now ? `${clock(d)}:${two(d.getUTCSeconds())}` : `  ${MONTHS[d.getUTCMonth()]} ${two(d.getUTCDate())}`
}

function bsdStart(p: Subject, m: Machine): string {
  const d = dateOf(began(p, m))
  return m.now - began(p, m) > 86400 ? `${MONTHS[d.getUTCMonth()]} ${day(d)}` : ` ${clock(d)}`
}

function lstart(p: Subject, m: Machine): string {
  const d = dateOf(began(p, m))
  return `${DAYS[d.getUTCDay()]} ${MONTHS[d.getUTCMonth()]} ${day(d)} ${clock(d)}:${two(d.getUTCSeconds())} ${d.getUTCFullYear()}`
}

export function commandLine(p: Subject): string {
  const line = shownCommand(p.files.get('cmdline') ?? '')
  return line === '' ? `[${printable(p.comm)}]${state(p) === 'Z' ? ' <defunct>' : ''}` : line
}

/** Lines of /proc/PID/cgroup but those of roots. */
function cgroups(p: Subject): string {
  return printable((p.files.get('cgroup') ?? '').split('\n').filter((l) => l !== '' && !l.endsWith('/')).join(',')) || '-'
}

function cgroupName(p: Subject): string {
  const all = cgroups(p)
  const at = all.indexOf(':name=')
  return at >= 0 && all.length > at + 6 ? all.slice(at + 6) : all
}

function wchan(p: Subject): string {
  const name = p.files.get('wchan') ?? '?'
  return name === '0' ? '-' : name === '' ? '?' : name.replace(/^\.?_*/, '')
}

const POLICY = ['TS', 'FF', 'RR', 'B', 'ISO', 'IDL', 'DLN', '#7', '#8', '#9']
const rollup = (p: Subject, name: RegExp): number => [...(p.files.get('smaps_rollup') ?? '').matchAll(name)].reduce((sum, m) => sum + Number(m[1]), 0)
const supplementary = (p: Subject): number[] => status(p, 'Groups').split(/\s+/).filter((g) => g !== '').map(Number)
const io = (name: string): Show => (p) => new RegExp(`^${name}: (\\d+)`, 'm').exec(p.files.get('io') ?? '')?.[1] ?? '0'
const namespace = (type: string): Show => (p) => /\[(\d+)\]/.exec(p.files.get(`ns/${type}`) ?? '')?.[1] ?? '-'
const priority = (p: Subject): number => field(p, 18)
const hex = (text: string | undefined): string => BigInt(text ?? '0').toString(16).padStart(16, '0')
const code = (p: Subject): number => Math.floor((field(p, 27) - field(p, 26)) / 1024)
const data = (p: Subject): number => (field(p, 23) > 0 ? Math.floor((field(p, 23) - field(p, 27) + field(p, 26)) / 1024) : 0)
const textSize = (p: Subject): number => (field(p, 23) > 0 ? code(p) : 0)
const mask = (name: string): Show => (p) => status(p, name) || '0'.repeat(16)

/** A value as text. `room` is how many characters a column that cuts has. */
type Show = (p: Subject, m: Machine, room: number) => string | number

/** Drawing, command, and the environment when it is asked for. */
const withForest = (text: (p: Subject, m: Machine) => string): Show => (p, m, room) => {
  const shown = p.prefix + text(p, m)
  const environ = m.environment === 'shown' ? printable((p.files.get('environ') ?? '').replace(/\0+$/, '').replaceAll('\0', ' ')) : ''
  return (environ === '' ? shown : `${shown} ${environ}`).slice(0, room)
}
const cut = (text: (p: Subject, m: Machine) => string): Show => (p, m, room) => text(p, m).slice(0, room)

/** A name that does not fit ends in `+`. */
const named = (kind: 'users' | 'groups', id: (p: Subject) => number): Show => (p, m, room) => {
  if (m.names === 'numbers') return id(p)
  const name = m[kind].get(id(p)) ?? String(id(p))
  return name.length <= room || room < 1 ? name : `${name.slice(0, room - 1)}+`
}
const uidOf = (which: number) => (p: Subject): number => (which === 1 ? p.uid : (ids(p, 'Uid')[which] ?? 0))
const gidOf = (which: number) => (p: Subject): number => (which === 1 ? p.gid : (ids(p, 'Gid')[which] ?? 0))

export const SHOW: Readonly<Record<string, Show>> = {
  '-': () => '-',
  pcpu: (p, m) => {
    const thousandths = share(p, m, 1000)
    return thousandths > 999 ? Math.floor(thousandths / 10) : `${Math.floor(thousandths / 10)}.${thousandths % 10}`
  },
  c: (p, m) => String(Math.min(99, share(p, m, 100))).padStart(2),
  cp: (p, m) => String(Math.min(999, share(p, m, 1000))).padStart(3),
  utilization: (p, m) => Math.min(99.999, utilization(p, m, field(p, 14) + field(p, 15))).toFixed(3),
  utilization_c: (p, m) => Math.min(99.999, utilization(p, m, [14, 15, 16, 17].reduce((sum, n) => sum + field(p, n), 0))).toFixed(3),
  pmem: (p, m) => {
    const thousandths = Math.min(999, Math.floor((kb(p, 'VmRSS') * 1000) / m.memTotalKb))
    return `${String(Math.floor(thousandths / 10)).padStart(2)}.${thousandths % 10}`
  },
  args: withForest((p, m) => (m.commands === 'names' ? printable(p.comm) : commandLine(p))),
  comm: withForest((p, m) => (m.long === 'long' ? commandLine(p) : printable(p.comm))),
  fname: (p, _m, room) => p.prefix + printable(p.comm).slice(0, Math.min(8, Math.max(0, room - p.prefix.length))),
  exe: cut((p) => printable(p.files.get('exe') ?? '-')),
  cgroup: cut(cgroups),
  cgname: cut(cgroupName),
  procs: (p) => p.pid,
  tasks: (p) => p.tid,
  ppid,
  pgid: (p) => field(p, 5),
  sess: session,
  tpgid: (p) => field(p, 8),
  tty8: (p) => ttyName(field(p, 7)) ?? '?',
  tty4: (p) => (ttyName(field(p, 7)) ?? '?').replace(/^(pts\/|tty)(?=.)/, ''),
  s: state,
  stat: statText,
  flag: (p) => ((field(p, 9) >>> 6) & 7).toString(8),
  euid: uidOf(1), ruid: uidOf(0), suid: uidOf(2), fuid: uidOf(3),
  egid: gidOf(1), rgid: gidOf(0), sgid: gidOf(2), fgid: gidOf(3),
  euser: named('users', uidOf(1)), ruser: named('users', uidOf(0)), suser: named('users', uidOf(2)), fuser: named('users', uidOf(3)),
  egroup: named('groups', gidOf(1)), rgroup: named('groups', gidOf(0)), sgroup: named('groups', gidOf(2)), fgroup: named('groups', gidOf(3)),
  supgid: cut((p) => supplementary(p).join(',') || '-'),
  supgrp: cut((p, m) => supplementary(p).map((g) => m.groups.get(g) ?? g).join(',') || '-'),
  luid: (p) => {
    const id = (p.files.get('loginuid') ?? '').trim()
    return id === '' || id === '4294967295' ? '-' : id
  },
  rss: (p) => kb(p, 'VmRSS'),
  vsz: (p) => kb(p, 'VmSize'),
  sz: (p) => Math.floor(kb(p, 'VmSize') / 4),
  size: (p) => field(p, 23),
  swapable: (p) => kb(p, 'VmData') + kb(p, 'VmStk'),
  dsiz: data, drs: data, tsiz: textSize, trs: textSize,
  pss: (p) => rollup(p, /^Pss: +(\d+)/gm),
  uss: (p) => rollup(p, /^Private_\w+: +(\d+)/gm),
  lim: (p) => (p.stat.at(25) === '18446744073709551615' ? 'xx' : String(Math.floor(field(p, 25) / 1024)).padStart(5)),
  time: (p) => hms(ownSeconds(p)),
  times: ownSeconds,
  bsdtime: (p, m) => {
    const total = Math.floor(ticks(p, m) / HZ)
    return `${String(Math.floor(total / 60)).padStart(3)}:${two(total % 60)}`
  },
  etime: (p, m) => elapsedText(elapsed(p, m)),
  etimes: elapsed,
  stime: startTime, start: started, bsdstart: bsdStart, lstart,
  nice: (p) => (field(p, 41) === 0 || field(p, 41) === 3 ? field(p, 19) : '-'),
  pri: (p) => 39 - priority(p),
  opri: (p) => 60 + priority(p),
  priority,
  pri_foo: (p) => priority(p) - 20,
  pri_bar: (p) => priority(p) + 1,
  pri_baz: (p) => priority(p) + 100,
  pri_api: (p) => -1 - priority(p),
  rtprio: (p) => (field(p, 41) === 0 ? '-' : field(p, 40)),
  class: (p) => POLICY[field(p, 41)] ?? '?',
  sched: (p) => field(p, 41),
  psr: (p) => field(p, 39),
  sgi_p: (p) => (state(p) === 'R' ? field(p, 39) : '*'),
  numa: () => 0,
  nlwp: (p) => field(p, 20),
  wchan: cut(wchan),
  majflt: (p, m) => field(p, 12) + (m.times === 'with-children' ? field(p, 13) : 0),
  minflt: (p, m) => field(p, 10) + (m.times === 'with-children' ? field(p, 11) : 0),
  sig: (p) => status(p, p.pid === p.tid ? 'ShdPnd' : 'SigPnd') || '0'.repeat(16),
  tsig: mask('SigPnd'), sigmask: mask('SigBlk'), sigignore: mask('SigIgn'), sigcatch: mask('SigCgt'),
  stackp: (p) => hex(p.stat.at(28)),
  esp: (p) => hex(p.stat.at(29)),
  eip: (p) => hex(p.stat.at(30)),
  context: (p) => /^[ -~]+/.exec(p.files.get('attr/current') ?? '')?.[0] ?? '-',
  oom: (p) => (p.files.get('oom_score') ?? '0').trim(),
  oom_adj: (p) => (p.files.get('oom_score_adj') ?? '0').trim(),
  rbytes: io('read_bytes'), rchars: io('rchar'), rops: io('syscr'), wbytes: io('write_bytes'), wcbytes: io('cancelled_write_bytes'), wchars: io('wchar'), wops: io('syscw'),
  cgroupns: namespace('cgroup'), ipcns: namespace('ipc'), mntns: namespace('mnt'), netns: namespace('net'), pidns: namespace('pid'),
  timens: namespace('time'), userns: namespace('user'), utsns: namespace('uts'),
  agid: (p) => /autogroup-(\d+)/.exec(p.files.get('autogroup') ?? '')?.[1] ?? '-1',
  agnice: (p) => /nice (-?\d+)/.exec(p.files.get('autogroup') ?? '')?.[1] ?? '0',
  // A node without systemd: no unit, and the root slice (sd_pid_get_slice(3)).
  sd_unit: () => '-', sd_session: () => '-', sd_ouid: () => '-', sd_machine: () => '-', sd_uunit: () => '-', sd_seat: () => '-', sd_slice: () => '-.slice',
  lxcname: () => '-',
  ...Object.fromEntries(['t_left', 't_left2', 't_right', 't_right2', 't_unlimited', 't_unlimited2'].map((name): [string, Show] => [name, () => ''])),
}

/** The files below /proc/PID that a renderer (or a sort order) reads besides stat. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  args: ['cmdline'], comm: ['cmdline'], cmdline: ['cmdline'], exe: ['exe'], cgroup: ['cgroup'], cgname: ['cgroup'], luid: ['loginuid'], id_login: ['loginuid'],
  wchan: ['wchan'], wchan_name: ['wchan'], context: ['attr/current'], oom: ['oom_score'], oom_score: ['oom_score'], oom_adj: ['oom_score_adj'],
  pss: ['smaps_rollup'], uss: ['smaps_rollup'], smap_pss: ['smaps_rollup'], smap_prv_total: ['smaps_rollup'], agid: ['autogroup'], agnice: ['autogroup'],
  autogrp_id: ['autogroup'], autogrp_nice: ['autogroup'],
  ...Object.fromEntries(['rbytes', 'rchars', 'rops', 'wbytes', 'wcbytes', 'wchars', 'wops', 'io_read_bytes', 'io_read_chars', 'io_read_ops', 'io_write_bytes',
    'io_write_cbytes', 'io_write_chars', 'io_write_ops'].map((n) => [n, ['io']])),
  ...Object.fromEntries(['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'].flatMap((t) => [[`${t}ns`, [`ns/${t}`]], [`ns_${t}`, [`ns/${t}`]]])),
}
const FROM_STATUS = /^(ruid|suid|fuid|rgid|sgid|fgid|ruser|suser|fuser|rgroup|sgroup|fgroup|supgid|supgrp|stat|rss|vsz|sz|swapable|pmem|sig|tsig|sigmask|sigignore|sigcatch|id_[rsf].*|sup.*|vm_.*|sig.*)$/
const LINKS = /^(exe|ns\/)/

export function filesFor(names: Iterable<string>, environment: Machine['environment']): Set<string> {
  const files = new Set<string>()
  for (const name of names) {
    for (const file of NEEDS[name] ?? []) files.add(file)
    if (FROM_STATUS.test(name)) files.add('status')
  }
  if (environment === 'shown') files.add('environ')
  return files
}

export function* readSubject(sys: ProcReader & { stat(path: string): { uid: number; gid: number } }, dir: string, pid: number, tid: number, files: ReadonlySet<string>): Run<Subject | undefined> {
  const line = yield* readText(sys, `${dir}/stat`)
  if (line === undefined) return undefined
  const open = line.indexOf('(')
  const close = line.lastIndexOf(')')
  const found = new Map<string, string>()
  for (const name of files) {
    // Threads beside the first have no file of the group.
    if (name === 'autogroup' && tid !== pid) continue
    const text = LINKS.test(name) ? readLink(sys, `${dir}/${name}`) : yield* readText(sys, name === 'autogroup' ? `/proc/${pid}/${name}` : `${dir}/${name}`)
    if (text !== undefined) found.set(name, text)
  }
  const { uid, gid } = sys.stat(dir)
  return { pid, tid, comm: line.slice(open + 1, close), stat: new StatFields(line.slice(close + 2, -1)), uid, gid, files: found, prefix: '' }
}

/** What `--sort` compares, by the name in columns.ts; orders without an entry leave things as they are. */
export const ORDERS: Readonly<Record<string, (p: Subject, m: Machine) => string | number>> = {
  utilization: (p, m) => utilization(p, m, field(p, 14) + field(p, 15)),
  utilization_c: (p, m) => utilization(p, m, [14, 15, 16, 17].reduce((sum, n) => sum + field(p, n), 0)),
  vm_rss: (p) => kb(p, 'VmRSS'), vm_size: (p) => kb(p, 'VmSize'), vm_data: (p) => kb(p, 'VmData'), vm_exe: (p) => kb(p, 'VmExe'), vm_lib: (p) => kb(p, 'VmLib'),
  vm_rss_locked: (p) => kb(p, 'VmLck'), vm_stack: (p) => kb(p, 'VmStk'), vsize_bytes: (p) => field(p, 23), rss_rlim: (p) => field(p, 25),
  cmd: (p) => p.comm, cmdline: commandLine, exe: (p) => p.files.get('exe') ?? '-', cgroup: cgroups, cgname: cgroupName,
  id_tgid: (p) => p.pid, id_pid: (p) => p.tid, id_ppid: ppid, id_pgrp: (p) => field(p, 5), id_session: session, id_tpgid: (p) => field(p, 8),
  id_euid: (p) => p.uid, id_egid: (p) => p.gid, id_ruid: uidOf(0), id_suid: uidOf(2), id_fuid: uidOf(3), id_rgid: gidOf(0), id_sgid: gidOf(2), id_fgid: gidOf(3),
  id_euser: (p, m) => m.users.get(p.uid) ?? String(p.uid), id_egroup: (p, m) => m.groups.get(p.gid) ?? String(p.gid),
  id_ruser: (p, m) => m.users.get(uidOf(0)(p)) ?? String(uidOf(0)(p)), id_rgroup: (p, m) => m.groups.get(gidOf(0)(p)) ?? String(gidOf(0)(p)),
  id_suser: (p, m) => m.users.get(uidOf(2)(p)) ?? String(uidOf(2)(p)), id_sgroup: (p, m) => m.groups.get(gidOf(2)(p)) ?? String(gidOf(2)(p)),
  id_fuser: (p, m) => m.users.get(uidOf(3)(p)) ?? String(uidOf(3)(p)), id_fgroup: (p, m) => m.groups.get(gidOf(3)(p)) ?? String(gidOf(3)(p)),
  id_login: (p) => Number((p.files.get('loginuid') ?? '0').trim()) | 0,
  tics_began: (p) => field(p, 22), time_all: (p) => field(p, 14) + field(p, 15), tics_all: (p) => field(p, 14) + field(p, 15), time_elapsed: elapsedTicks,
  tics_user: (p) => field(p, 14), tics_user_c: (p) => field(p, 14) + field(p, 16), state, flags: (p) => field(p, 9), priority, priority_rt: (p) => field(p, 40),
  nice: (p) => field(p, 19), nlwp: (p) => field(p, 20), processor: (p) => field(p, 39), sched_class: (p) => field(p, 41),
  flt_maj: (p) => field(p, 12), flt_min: (p) => field(p, 10), wchan_name: wchan, tty_name: (p) => (ttyName(field(p, 7)) ?? '?').replace(/\d+/g, (n) => n.padStart(10, '0')),
  sigblocked: (p) => status(p, 'SigBlk'), sigcatch: (p) => status(p, 'SigCgt'), sigignore: (p) => status(p, 'SigIgn'), signals: (p) => status(p, 'ShdPnd'),
  sigpending: (p) => status(p, 'SigPnd'), supgids: (p) => supplementary(p).join(','), supgroups: (p, m) => supplementary(p).map((g) => m.groups.get(g) ?? g).join(','),
  oom_score: (p) => Number(p.files.get('oom_score') ?? 0), oom_adj: (p) => Number(p.files.get('oom_score_adj') ?? 0),
  addr_stack_start: (p) => field(p, 28), addr_curr_esp: (p) => field(p, 29), addr_curr_eip: (p) => field(p, 30), addr_code_start: (p) => field(p, 26), addr_code_end: (p) => field(p, 27),
  ...Object.fromEntries(['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'].map((t) => [`ns_${t}`, (p: Subject) => Number(/\d+/.exec(p.files.get(`ns/${t}`) ?? '')?.[0] ?? 0)])),
  autogrp_id: (p) => Number(/autogroup-(\d+)/.exec(p.files.get('autogroup') ?? '')?.[1] ?? -1), smap_pss: (p) => rollup(p, /^Pss: +(\d+)/gm),
  io_read_bytes: (p, m) => Number(io('read_bytes')(p, m, 0)), io_read_chars: (p, m) => Number(io('rchar')(p, m, 0)), io_read_ops: (p, m) => Number(io('syscr')(p, m, 0)),
  io_write_cbytes: (p, m) => Number(io('cancelled_write_bytes')(p, m, 0)), io_write_bytes: (p, m) => Number(io('write_bytes')(p, m, 0)), io_write_chars: (p, m) => Number(io('wchar')(p, m, 0)), io_write_ops: (p, m) => Number(io('syscw')(p, m, 0)),
}
