/** Which processes ps shows (select.c of procps-ng): without a selection, those of the caller on the caller's terminal. */
import { PsUsage, type PsOptions, type Selection } from './options'
import { field, ids, ppid, session, state, type Subject } from './values'

export interface Self {
  readonly uid: number
  readonly tty: number
}

const COMM = 15

/** What a selection compares; undefined for names. */
const NUMBER: Readonly<Record<Exclude<Selection['by'], 'command'>, (p: Subject) => number>> = {
  pid: (p) => p.pid, quick: (p) => p.pid, ppid, pgrp: (p) => field(p, 5), session, tty: (p) => field(p, 7),
  euid: (p) => p.uid, egid: (p) => p.gid, ruid: (p) => ids(p, 'Uid')[0] ?? -1, rgid: (p) => ids(p, 'Gid')[0] ?? -1,
}

function listed(p: Subject, { by, values }: Selection): boolean {
  if (by !== 'command') return values.includes(NUMBER[by](p))
  return values.some((name) => name === p.comm || (p.comm.length === COMM && String(name).length >= COMM && String(name).startsWith(p.comm)))
}

/** What the simple options accept of a process, by its owner, terminal and leadership. */
function simply(o: PsOptions): (p: Subject, self: Self) => boolean {
  const { simple } = o
  const leader = (p: Subject): boolean => session(p) === p.pid
  const withTty = (p: Subject): boolean => field(p, 7) !== 0
  const mine = (p: Subject, self: Self): boolean => p.uid === self.uid
  if (simple.size === 0 && o.defaults === 'unix') return (p, self) => mine(p, self) && field(p, 7) === self.tty
  const unix = (['-a', '-d'] as const).filter((s) => simple.has(s))
  if (unix.length > 0 && simple.size > unix.length) throw new PsUsage('process selection options conflict')
  if (unix.length === 2) return (p) => withTty(p) || !leader(p)
  if (unix[0] === '-a') return (p) => withTty(p) && !leader(p)
  if (unix[0] === '-d') return (p) => !leader(p)
  if (simple.has('a')) return simple.has('x') ? () => true : withTty
  return simple.has('x') ? mine : (p, self) => mine(p, self) && withTty(p)
}

export function selector(o: PsOptions): (p: Subject, self: Self) => boolean {
  const accepts = simply(o)
  const everything = o.all === 'all' || (o.simple.has('a') && o.simple.has('x'))
  return (p, self) => {
    let yes = everything || ((o.simple.size > 0 || o.selections.length === 0) && accepts(p, self)) || o.selections.some((s) => listed(p, s))
    if (o.only === 'running' && state(p) !== 'R' && state(p) !== 'D') yes = false
    return yes === (o.sense === 'select')
  }
}

/** -q stands alone. */
export function quickConflict(o: PsOptions, sorted: boolean): string | undefined {
  const quick = o.selections.filter((s) => s.by === 'quick').length
  if (quick === 0) return undefined
  if (quick > 1) return 'q/-q/--quick-pid can only be used once.'
  if (o.selections.length > 1) return 'q/-q/--quick-pid cannot be combined with other selection options.'
  if (o.forest !== 'none') return 'q/-q/--quick-pid cannot be used together with forest type listings.'
  if (sorted) return 'q/-q,--quick-pid cannot be used together with sort options.'
  if (o.sense === 'deselect') return 'q/-q/--quick-pid cannot be used together with negation switches.'
  return undefined
}
