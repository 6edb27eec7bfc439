/** The processes as a tree: threads are children in braces; children stand by name, then user, or by pid (pstree.c of PSmisc). */
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { isErrno } from '../../../kernel/errno'
import { numericNames, readLink, readText } from '../../procps/processes'

/** In the order in which -S names what changes. */
export const NAMESPACES = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'user', 'uts', 'time'] as const

export interface Proc {
  readonly pid: number
  readonly comm: string
  readonly uid: number
  readonly pgid: number
  readonly kind: 'process' | 'thread'
  /** Seconds since it began. */
  readonly age: number
  /** Arguments after argv[0]; null where there is no command line at all. */
  readonly args: readonly string[] | null
  /** Numbers of its namespaces in the order of NAMESPACES; 0 where they cannot be seen. */
  readonly ns: readonly number[]
  readonly context: string
  parent: Proc | null
  children: Proc[]
  highlighted: 'yes' | 'no'
}

export interface TreeOptions {
  readonly order: 'name' | 'pid'
  readonly threads: 'named' | 'plain' | 'hidden'
  /** How much of a command line is read. */
  readonly argumentBytes: number
}

/** Words after argv[0] of a command line as read into a buffer that ends in NUL: a whole one has an empty word at its end. */
function argumentsOf(line: string): string[] | null {
  if (line === '') return null
  const text = `${line}\0`
  let count = 0
  for (let i = 0; i < text.length - 1; i++) {
    if (text[i] !== '\0') continue
    count++
    while (i < text.length - 1 && text[i] === '\0') i++
  }
  return text.split('\0').slice(1, count + 1)
}

function insert(parent: Proc, child: Proc, order: TreeOptions['order']): void {
  const before = (other: Proc): boolean =>
    order === 'pid' ? other.pid > child.pid : other.comm > child.comm || (other.comm === child.comm && other.uid > child.uid)
  const at = parent.children.findIndex(before)
  parent.children.splice(at < 0 ? parent.children.length : at, 0, child)
  child.parent = parent
}

export function* readTree(sys: Sys, options: TreeOptions): Run<Map<number, Proc>> {
  const uptime = Number(((yield* readText(sys, '/proc/uptime')) ?? '0').split(' ')[0])
  const all = new Map<number, Proc>()
  const parents = new Map<Proc, number>()
  for (const pid of numericNames(sys, '/proc')) {
    const dir = `/proc/${pid}`
    const stat = yield* readText(sys, `${dir}/stat`)
    if (stat === undefined) continue
    const comm = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
    const [, ppid = '0', pgid = '0', ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const age = uptime - Number(rest[16]) / 100
    const { uid } = sys.stat(dir)
    const ns = (of: string): number[] => NAMESPACES.map((type) => Number(/\[(\d+)\]/.exec(readLink(sys, `${of}/ns/${type}`) ?? '')?.[1] ?? 0))
    const context = ((yield* readText(sys, `${dir}/attr/current`)) ?? '').trim()
    const common = { uid, pgid: Number(pgid), age, ns: ns(dir), context, parent: null, highlighted: 'no' as const }
    if (options.threads !== 'hidden')
      for (const tid of numericNames(sys, `${dir}/task`)) {
        if (tid === pid) continue
        const line = options.threads === 'named' ? ((yield* readText(sys, `${dir}/task/${tid}/stat`)) ?? '') : ''
        const name = line === '' ? comm : line.slice(line.indexOf('(') + 1, line.lastIndexOf(')'))
        const thread: Proc = { ...common, pid: tid, comm: `{${name}}`, kind: 'thread', args: [], children: [] }
        all.set(tid, thread)
        parents.set(thread, pid)
      }
    const line = ((yield* readText(sys, `${dir}/cmdline`)) ?? '').slice(0, options.argumentBytes)
    const one: Proc = { ...common, pid, comm, kind: 'process', args: argumentsOf(line), children: [] }
    all.set(pid, one)
    parents.set(one, Number(ppid))
    if (sys.spend(20)) yield 'preempted'
  }
  const root = all.get(1)
  for (const [one, ppid] of parents) {
    const parent = all.get(ppid) ?? (one === root ? undefined : root)
    if (parent && one !== root) insert(parent, one, options.order)
  }
  return all
}

/** Only this child, and so on upwards. */
export function trimAbove(one: Proc): void {
  for (let at = one; at.parent; at = at.parent) at.parent.children = [at]
}

/** Detaches each process whose namespace is not its parent's; by namespace, in the order in which the tree is walked. */
export function byNamespace(root: Proc, type: number): Map<number, Proc[]> {
  const groups = new Map<number, Proc[]>()
  const visit = (p: Proc): void => {
    const { parent } = p
    if (!parent || parent.ns[type] !== p.ns[type]) {
      const number = p.ns[type] ?? 0
      groups.set(number, [...(groups.get(number) ?? []), p])
      if (parent) parent.children = parent.children.filter((c) => c !== p)
      p.parent = null
    }
    for (const child of [...p.children]) visit(child)
  }
  visit(root)
  return groups
}

/** True when there is such a namespace for this process. */
export function hasNamespace(sys: Sys, type: string): boolean {
  try {
    sys.stat(`/proc/self/ns/${type}`)
    return true
  } catch (error) {
    if (!isErrno(error)) throw error
    return false
  }
}
