/** What stands in each column of ps for a process. Figures of proc(5), rendered as output.c of procps-ng renders them. */
import { commandLine, field, ids, type ProcessReading, ppidOf, stateOf, ttyName } from '../processes'

export interface Machine {
  /** Seconds since boot. */
  readonly uptime: number
  /** Seconds since 1970. */
  readonly now: number
  readonly bootTime: number
  readonly memTotalKb: number
  readonly pidWidth: number
  readonly users: ReadonlyMap<number, string>
  readonly groups: ReadonlyMap<number, string>
}

/** A process with what only some columns need, read when asked for. */
export interface Subject extends ProcessReading {
  readonly files: ReadonlyMap<string, string>
  readonly links: ReadonlyMap<string, string>
  /** Drawing of the forest before the command. */
  readonly prefix: string
  readonly isThreadLine: boolean
}

const HZ = 100
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const two = (n: number): string => String(n).padStart(2, '0')

const cpuSeconds = (p: Subject): number => Math.floor((field(p, 14) + field(p, 15)) / HZ)
const elapsed = (p: Subject, m: Machine): number => Math.max(0, m.uptime - field(p, 22) / HZ)
const startSecond = (p: Subject, m: Machine): number => m.bootTime + Math.floor(field(p, 22) / HZ)
const kb = (p: Subject, name: string): number => Number((p.status.get(name) ?? '0').split(' ')[0])

const hms = (total: number): string => {
  const days = Math.floor(total / 86400)
  return `${days > 0 ? `${days}-` : ''}${two(Math.floor(total / 3600) % 24)}:${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`
}
const elapsedText = (total: number): string => {
  const days = Math.floor(total / 86400)
  const hours = Math.floor(total / 3600) % 24
  return `${days > 0 ? `${days}-` : ''}${days > 0 || hours > 0 ? `${two(hours)}:` : ''}${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`
}
const clock = (d: Date): string => `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`
const dayOf = (seconds: number): number => Math.floor(seconds / 86400)

const ratio = (thousandths: number): string => (thousandths > 999 ? String(Math.floor(thousandths / 10)) : `${Math.floor(thousandths / 10)}.${thousandths % 10}`)
const cpuThousandths = (p: Subject, m: Machine): number => {
  const seconds = elapsed(p, m)
  return seconds > 0 ? Math.floor((((field(p, 14) + field(p, 15)) * 1000) / HZ) / seconds) : 0
}

/** STAT: state, nice, locked pages, session leader, threads, foreground (ps(1), PROCESS STATE CODES). */
function statOf(p: Subject): string {
  const nice = field(p, 19)
  let s = stateOf(p)
  if (nice < 0) s += '<'
  if (nice > 0) s += 'N'
  if (kb(p, 'VmLck') > 0) s += 'L'
  if (field(p, 6) === p.pid) s += 's'
  if (field(p, 20) > 1 && !p.isThreadLine) s += 'l'
  if (field(p, 5) === field(p, 8)) s += '+'
  return s
}

function startTime(p: Subject, m: Machine): string {
  const at = startSecond(p, m)
  const d = new Date(at * 1000)
  if (d.getUTCFullYear() !== new Date(m.now * 1000).getUTCFullYear()) return String(d.getUTCFullYear())
  return dayOf(at) === dayOf(m.now) ? clock(d) : `${MONTHS[d.getUTCMonth()]}${two(d.getUTCDate())}`
}

function started(p: Subject, m: Machine): string {
  const at = startSecond(p, m)
  const d = new Date(at * 1000)
  return m.now - at > 86400 ? `  ${MONTHS[d.getUTCMonth()]} ${two(d.getUTCDate())}` : `${clock(d)}:${two(d.getUTCSeconds())}`
}

function bsdStart(p: Subject, m: Machine): string {
  const at = startSecond(p, m)
  const d = new Date(at * 1000)
  return m.now - at > 86400 ? `${MONTHS[d.getUTCMonth()]} ${String(d.getUTCDate()).padStart(2)}` : clock(d)
}

const lstart = (p: Subject, m: Machine): string => {
  const d = new Date(startSecond(p, m) * 1000)
  return `${DAYS[d.getUTCDay()]} ${MONTHS[d.getUTCMonth()]} ${String(d.getUTCDate()).padStart(2)} ${clock(d)}:${two(d.getUTCSeconds())} ${d.getUTCFullYear()}`
}

const mask = (p: Subject, name: string): string => p.status.get(name) ?? '0000000000000000'
const wchan = (p: Subject): string => {
  const w = p.files.get('wchan') ?? ''
  return w === '' || w === '0' ? '-' : w
}
const namespace = (p: Subject, type: string): string => /\[(\d+)\]/.exec(p.links.get(`ns/${type}`) ?? '')?.[1] ?? '-'
const cgroups = (p: Subject): string => {
  const lines = (p.files.get('cgroup') ?? '').split('\n').filter((l) => l !== '' && !l.endsWith(':/'))
  return lines.length > 0 ? lines.join(',') : '-'
}
const POLICY = ['TS', 'FF', 'RR', 'B', 'ISO', 'IDL', 'DLN']
const rest = (p: Subject): number => field(p, 18)
const real = (p: Subject): boolean => field(p, 41) === 1 || field(p, 41) === 2

type Show = (p: Subject, m: Machine) => string | number

const user = (which: number): Show => (p, m) => m.users.get(ids(p, 'Uid')[which] ?? 0) ?? String(ids(p, 'Uid')[which] ?? '')
const group = (which: number): Show => (p, m) => m.groups.get(ids(p, 'Gid')[which] ?? 0) ?? String(ids(p, 'Gid')[which] ?? '')
const uid = (which: number): Show => (p) => ids(p, 'Uid')[which] ?? 0
const gid = (which: number): Show => (p) => ids(p, 'Gid')[which] ?? 0
const comm: Show = (p) => p.prefix + p.comm + (stateOf(p) === 'Z' ? ' <defunct>' : '')
const args: Show = (p) => p.prefix + commandLine(p)
const tty: Show = (p) => ttyName(field(p, 7)) ?? '?'
const rss: Show = (p) => kb(p, 'VmRSS')
const vsz: Show = (p) => field(p, 23) / 1024
const oneFlag: Show = (p) => ((field(p, 9) >> 6) & 7).toString(8)
const processor: Show = (p) => field(p, 39)
const cls: Show = (p) => POLICY[field(p, 41)] ?? '?'
const pcpu: Show = (p, m) => ratio(cpuThousandths(p, m))
const pmem: Show = (p, m) => ratio(Math.min(999, Math.floor((kb(p, 'VmRSS') * 1000) / m.memTotalKb)))
const cputime: Show = (p) => hms(cpuSeconds(p))
const supplementary = (p: Subject): number[] => (p.status.get('Groups') ?? '').split(/\s+/).filter((g) => g !== '').map(Number)

/** Codes without an entry are known to ps but not simulated; codes that share a rendering stand together. */
const GROUPS: readonly (readonly [string, Show])[] = [
  ['pid tgid', (p) => p.pid],
  ['lwp spid tid', (p) => p.tid],
  ['ppid', ppidOf],
  ['pgid pgrp', (p) => field(p, 5)],
  ['sid sess session', (p) => field(p, 6)],
  ['tpgid', (p) => field(p, 8)],
  ['s state', stateOf],
  ['stat', statOf],
  ['comm ucmd ucomm', comm],
  ['fname', (p) => p.comm.slice(0, 8)],
  ['args cmd command', args],
  ['exe', (p) => p.links.get('exe') ?? '-'],
  ['tty tt tname longtname tty8', tty],
  ['tty4', (p) => (ttyName(field(p, 7)) ?? '?').replace(/^pts\//, '').replace(/^tty/, '')],
  ['euser user uname uid_hack', user(1)],
  ['ruser', user(0)],
  ['suser svuser', user(2)],
  ['fuser fsuser', user(3)],
  ['egroup group', group(1)],
  ['rgroup', group(0)],
  ['sgroup svgroup', group(2)],
  ['fgroup fsgroup', group(3)],
  ['uid euid', uid(1)],
  ['ruid', uid(0)],
  ['suid svuid', uid(2)],
  ['fsuid fuid', uid(3)],
  ['gid egid', gid(1)],
  ['rgid', gid(0)],
  ['sgid svgid', gid(2)],
  ['fsgid fgid', gid(3)],
  ['supgid', (p) => supplementary(p).join(',') || '-'],
  ['supgrp', (p, m) => supplementary(p).map((g) => m.groups.get(g) ?? g).join(',') || '-'],
  ['c', (p, m) => Math.min(99, Math.floor(cpuThousandths(p, m) / 10))],
  ['cp', cpuThousandths],
  ['pcpu %cpu', pcpu],
  ['pmem %mem', pmem],
  ['rss rssize rsz', rss],
  ['sgi_rss', (p) => Math.floor(kb(p, 'VmRSS') / 4)],
  ['vsz vsize', vsz],
  ['sz', (p) => Math.floor(field(p, 23) / 4096)],
  ['size', (p) => kb(p, 'VmData') + kb(p, 'VmStk')],
  ['time cputime', cputime],
  ['times cputimes', cpuSeconds],
  ['bsdtime', (p) => `${Math.floor(cpuSeconds(p) / 60)}:${two(cpuSeconds(p) % 60)}`],
  ['atime', cputime],
  ['etime', (p, m) => elapsedText(Math.floor(elapsed(p, m)))],
  ['etimes', (p, m) => Math.floor(elapsed(p, m))],
  ['stime start_time', startTime],
  ['start', started],
  ['bsdstart', bsdStart],
  ['lstart', lstart],
  ['f flag flags', oneFlag],
  ['ni nice', (p) => (field(p, 41) === 0 || field(p, 41) === 3 ? field(p, 19) : '-')],
  ['pri', (p) => 39 - rest(p)],
  ['opri intpri', (p) => 60 + rest(p)],
  ['priority', rest],
  ['pri_foo', (p) => rest(p) - 20],
  ['pri_bar', (p) => rest(p) + 1],
  ['pri_baz', (p) => rest(p) + 100],
  ['pri_api', (p) => -1 - rest(p)],
  ['rtprio', (p) => (real(p) ? field(p, 40) : '-')],
  ['cls class policy', cls],
  ['sched', (p) => field(p, 41)],
  ['psr cpuid lastcpu sgi_p', processor],
  ['nlwp thcount', (p) => field(p, 20)],
  ['wchan wname', wchan],
  ['maj_flt majflt pagein', (p) => field(p, 12)],
  ['min_flt minflt', (p) => field(p, 10)],
  ['pending sig sig_pend tsig', (p) => mask(p, 'SigPnd')],
  ['blocked sig_block sigmask', (p) => mask(p, 'SigBlk')],
  ['ignored sig_ignore sigignore', (p) => mask(p, 'SigIgn')],
  ['caught sig_catch sigcatch', (p) => mask(p, 'SigCgt')],
  ['cgroup', cgroups],
  ['cgname', (p) => /name=[^:]*:(.*)/.exec(p.files.get('cgroup') ?? '')?.[1] ?? '-'],
  ['label context', (p) => (p.files.get('attr/current') || '-').trim()],
  ['oom', (p) => (p.files.get('oom_score') ?? '-').trim()],
  ['oomadj', (p) => (p.files.get('oom_score_adj') ?? '-').trim()],
  ['luid', (p) => ((p.files.get('loginuid') ?? '').trim() === '4294967295' ? '-' : (p.files.get('loginuid') ?? '-').trim())],
  ['cgroupns', (p) => namespace(p, 'cgroup')],
  ['ipcns', (p) => namespace(p, 'ipc')],
  ['mntns', (p) => namespace(p, 'mnt')],
  ['netns', (p) => namespace(p, 'net')],
  ['pidns', (p) => namespace(p, 'pid')],
  ['timens', (p) => namespace(p, 'time')],
  ['userns', (p) => namespace(p, 'user')],
  ['utsns', (p) => namespace(p, 'uts')],
  ['addr', () => '-'],
]

export const SHOW: ReadonlyMap<string, Show> = new Map(GROUPS.flatMap(([codes, show]) => codes.split(' ').map((c): [string, Show] => [c, show])))

/** The files below /proc/PID (and links) that a column needs besides stat, status and cmdline. */
export const NEEDS: ReadonlyMap<string, { readonly file?: string; readonly link?: string }> = new Map(
  Object.entries({
    wchan: { file: 'wchan' }, wname: { file: 'wchan' }, cgroup: { file: 'cgroup' }, cgname: { file: 'cgroup' }, label: { file: 'attr/current' },
    context: { file: 'attr/current' }, oom: { file: 'oom_score' }, oomadj: { file: 'oom_score_adj' }, luid: { file: 'loginuid' }, exe: { link: 'exe' },
    cgroupns: { link: 'ns/cgroup' }, ipcns: { link: 'ns/ipc' }, mntns: { link: 'ns/mnt' }, netns: { link: 'ns/net' }, pidns: { link: 'ns/pid' },
    timens: { link: 'ns/time' }, userns: { link: 'ns/user' }, utsns: { link: 'ns/uts' },
  }),
)
