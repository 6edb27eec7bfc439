/** The figures in a captured process's /proc files, read back into what the kernel keeps (proc(5)). */
import type { Credentials } from '../../kernel/credentials'
import type { MemoryFigures } from '../../kernel/program'
import type { Rlimits } from '../../kernel/rlimits'
import { readOnce } from './once'
import type { CapturedProcess } from './schema'

export const TICK_NS = 10_000_000

/** `Name:\tvalue` lines. */
export function fieldsOf(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const line of text.split('\n')) {
    const at = line.indexOf(':')
    if (at > 0) fields.set(line.slice(0, at), line.slice(at + 1).trim())
  }
  return fields
}

export const statusOf = readOnce(({ status }: CapturedProcess) => fieldsOf(status))

/** Fields of /proc/PID/stat by their number in proc(5), from 3 on. */
export const statOf = readOnce(({ stat }: CapturedProcess) => {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).trim().split(' ')
  return (field: number): string => fields[field - 3] ?? '0'
})

/** When it started, ns after the machine's boot. */
export const startOf = (process: CapturedProcess): number => Number(statOf(process)(22)) * TICK_NS

export function credentialsOf(status: ReadonlyMap<string, string>): Credentials {
  const ids = (name: string): number[] => (status.get(name) ?? '').split(/\s+/).map(Number)
  const mask = (name: string): bigint => BigInt(`0x${status.get(name) ?? '0'}`)
  const [uid = 0, euid = 0, suid = 0, fsuid = 0] = ids('Uid')
  const [gid = 0, egid = 0, sgid = 0, fsgid = 0] = ids('Gid')
  const groups = status.get('Groups') ? ids('Groups') : []
  const seccomp = Number(status.get('Seccomp') ?? 0)
  return {
    uid, euid, suid, fsuid, gid, egid, sgid, fsgid, groups,
    capInheritable: mask('CapInh'), capPermitted: mask('CapPrm'), capEffective: mask('CapEff'), capBounding: mask('CapBnd'), capAmbient: mask('CapAmb'),
    noNewPrivs: status.get('NoNewPrivs') === '1', seccomp: seccomp === 2 ? 2 : seccomp === 1 ? 1 : 0,
  }
}

export function memoryOf(status: ReadonlyMap<string, string>): MemoryFigures {
  const kB = (name: string): number => Number.parseInt(status.get(name) ?? '0', 10)
  return {
    vmPeak: kB('VmPeak'), vmSize: kB('VmSize'), vmLck: kB('VmLck'), vmPin: kB('VmPin'), vmHWM: kB('VmHWM'), vmRSS: kB('VmRSS'),
    rssAnon: kB('RssAnon'), rssFile: kB('RssFile'), rssShmem: kB('RssShmem'), vmData: kB('VmData'), vmStk: kB('VmStk'), vmExe: kB('VmExe'),
    vmLib: kB('VmLib'), vmPTE: kB('VmPTE'), vmSwap: kB('VmSwap'),
  }
}

const LIMITS: readonly (readonly [keyof Rlimits, string])[] = [
  ['cpu', 'Max cpu time'], ['fsize', 'Max file size'], ['data', 'Max data size'], ['stack', 'Max stack size'], ['core', 'Max core file size'],
  ['rss', 'Max resident set'], ['nproc', 'Max processes'], ['nofile', 'Max open files'], ['memlock', 'Max locked memory'], ['as', 'Max address space'],
  ['locks', 'Max file locks'], ['sigpending', 'Max pending signals'], ['msgqueue', 'Max msgqueue size'], ['nice', 'Max nice priority'],
  ['rtprio', 'Max realtime priority'], ['rttime', 'Max realtime timeout'],
]

const KNOWN_LIMITS = new Map<string, Rlimits>()

/** Most processes of a node have the same limits: each text is read once. */
export function rlimitsOf(limits: string, base: Rlimits): Rlimits {
  const known = KNOWN_LIMITS.get(limits)
  if (known) return known
  const parsed = parseLimits(limits, base)
  KNOWN_LIMITS.set(limits, parsed)
  return parsed
}

function parseLimits(limits: string, base: Rlimits): Rlimits {
  const lines = limits.split('\n')
  const value = (word: string | undefined): number => (word === 'unlimited' ? Infinity : Number(word))
  const read: Record<string, { soft: number; hard: number }> = {}
  for (const [key, name] of LIMITS) {
    const line = lines.find((l) => l.startsWith(name))
    if (!line) continue
    const [soft, hard] = line.slice(name.length).trim().split(/\s+/)
    read[key] = { soft: value(soft), hard: value(hard) }
  }
  return { ...base, ...read }
}

/** Signals of a mask as status prints it. */
export function signalsOf(mask: string): Set<number> {
  const bits = BigInt(`0x${mask}`)
  const signals = new Set<number>()
  for (let signo = 1; signo <= 64; signo++) if ((bits & (1n << BigInt(signo - 1))) !== 0n) signals.add(signo)
  return signals
}

/** `hierarchy name -> path` of /proc/PID/cgroup. */
export const groupsOf = readOnce(({ cgroup }: CapturedProcess): ReadonlyMap<string, string> =>
  new Map(cgroup.split('\n').filter(Boolean).map((line) => {
    const [, name = '', path = '/'] = line.split(':')
    return [name, path]
  })))

/** The number in `net:[4026532572]`. */
export const inumOf = (label: string | undefined): number => Number(/\[(\d+)\]/.exec(label ?? '')?.[1] ?? 0)

export interface MountLine {
  readonly id: number
  readonly parent: number
  readonly device: string
  readonly root: string
  readonly point: string
  readonly flags: readonly string[]
  readonly optional: readonly string[]
  readonly type: string
  readonly source: string
  readonly options: string
}

const plain = (text: string): string => !text.includes('\\') ? text : text.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))

export const mountsOf = readOnce(({ mountinfo }: CapturedProcess): readonly MountLine[] =>
  mountinfo.split('\n').filter(Boolean).map((line) => {
    const [before = '', after = ''] = line.split(' - ')
    const [id, parent, device = '', root = '/', point = '/', flags = '', ...optional] = before.split(' ')
    const [type = '', source = '', options = ''] = after.split(' ')
    return { id: Number(id), parent: Number(parent), device, root: plain(root), point: plain(point), flags: flags.split(','), optional, type, source: plain(source), options }
  }))

/** Environment as the process was given it. */
export const environmentOf = (process: CapturedProcess): Map<string, string> =>
  new Map((process.environ ?? []).map((entry) => {
    const at = entry.indexOf('=')
    return at < 0 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)]
  }))
