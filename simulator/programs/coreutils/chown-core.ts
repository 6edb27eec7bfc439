/** What chown and chgrp share: the owner that a word names, and the walk that sets it. */
import type { Run } from '../../kernel/run'
import type { Stat } from '../../kernel/sys'
import type { Io } from '../program'
import type { Accounts } from './accounts'
import type { Options } from './command'
import { inside } from './copying'
import { quoted, reason } from './files'

export interface Owner {
  /** -1: stays as it is. */
  readonly uid: number
  readonly gid: number
  /** As the messages of -v name it. */
  readonly user: string | undefined
  readonly group: string | undefined
}

/** `USER`, `USER:GROUP`, `USER:`, `:GROUP`, by name or number; a text is what is wrong. */
export function parseOwner(text: string, names: Accounts, quote: (text: string) => string): Owner | string {
  const cut = text.indexOf(':')
  const [userText, groupText] = cut < 0 ? [text, undefined] : [text.slice(0, cut), text.slice(cut + 1)]
  let uid = -1
  let gid = -1
  let group: string | undefined
  if (userText !== '') {
    const known = userText.startsWith('+') ? undefined : names.users.find((u) => u.name === userText)
    if (known) uid = known.id
    else if (/^\+?\d+$/.test(userText) && !(groupText === '' )) uid = Number(userText)
    else return groupText === '' && /^\+?\d+$/.test(userText) ? `invalid spec: ${quote(text)}` : `invalid user: ${quote(text)}`
    if (groupText === '' && known) {
      gid = known.group
      group = names.group(known.group) ?? String(known.group)
    }
  }
  if (groupText) {
    const found = parseGroup(groupText, names)
    if (found === undefined) return `invalid group: ${quote(text)}`
    gid = found
    group = groupText
  }
  const plain = (word: string): string => word.replace(/^\+/, '')
  // A group by name alone is shown with an owner of no name before it.
  const user = userText !== '' ? plain(userText) : groupText && !groupText.startsWith('+') ? '' : undefined
  return { uid, gid, user, group: group === undefined ? undefined : plain(group) }
}

export function parseGroup(text: string, names: Accounts): number | undefined {
  const known = text.startsWith('+') ? undefined : names.groups.find((g) => g.name === text)
  if (known) return known.id
  return /^\+?\d+$/.test(text) ? Number(text) : undefined
}

export interface ChownRules {
  readonly owner: Owner
  /** --from: only files of this owner. */
  readonly from: Owner | undefined
  readonly what: 'ownership' | 'group'
  readonly names: Accounts
}

const named = (user: string | undefined, group: string | undefined): string => (user !== undefined && group !== undefined ? `${user}:${group}` : (user ?? group ?? ''))

function describe(io: Io, rules: ChownRules, path: string, before: Stat | null, outcome: 'changed' | 'retained' | 'failed'): void {
  const { what, owner, names } = rules
  const old = before && {
    user: names.user(before.uid) ?? String(before.uid),
    group: names.group(before.gid) ?? String(before.gid),
  }
  const wanted = named(owner.user, owner.group)
  const was = old ? named(owner.user === undefined ? undefined : old.user, owner.group === undefined ? undefined : old.group) : undefined
  if (wanted === '') {
    io.out(outcome === 'failed' ? `failed to change ownership of ${quoted(path)}\n` : outcome === 'changed' ? `no change to ownership of ${quoted(path)}\n` : `ownership of ${quoted(path)} retained\n`)
    return
  }
  if (outcome === 'changed') io.out(`changed ${what} of ${quoted(path)} from ${was ?? ''} to ${wanted}\n`)
  else if (outcome === 'retained') io.out(`${what} of ${quoted(path)} retained as ${was ?? wanted}\n`)
  else io.out(was === undefined ? `failed to change ${what} of ${quoted(path)} to ${wanted}\n` : `failed to change ${what} of ${quoted(path)} from ${was} to ${wanted}\n`)
}

/** Sets the owner of a file, and with -R of all below it; false when something failed. */
export function* chownPath(io: Io, options: Options, path: string, rules: ChownRules, depth = 0): Run<boolean> {
  const { sys } = io
  const recursive = options.has('R')
  const noFollow = options.has('h')
  const walk = options.last('H', 'L', 'P') ?? 'P'
  const quiet = options.has('f')
  const follows = !noFollow && !(recursive && (walk === 'P' || (walk === 'H' && depth > 0)))
  let stat: Stat
  try {
    stat = follows ? sys.stat(path) : sys.lstat(path)
  } catch (error) {
    if (!quiet) io.err(`${io.name}: cannot ${follows && isThere(io, path) ? 'dereference' : 'access'} ${quoted(path)}: ${reason(error)}\n`)
    if (options.has('v')) describe(io, rules, path, null, 'failed')
    return false
  }
  let done = true
  if (recursive && stat.kind === 'dir') {
    try {
      for (const entry of sys.readdir(path)) done = (yield* chownPath(io, options, inside(path, entry.name), rules, depth + 1)) && done
    } catch (error) {
      if (!quiet) io.err(`${io.name}: cannot read directory ${quoted(path)}: ${reason(error)}\n`)
      done = false
    }
  }
  if (sys.spend(2)) yield 'preempted'
  const { owner, from } = rules
  if (from && ((from.uid !== -1 && from.uid !== stat.uid) || (from.gid !== -1 && from.gid !== stat.gid))) {
    if (options.has('v')) describe(io, rules, path, stat, 'retained')
    return done
  }
  try {
    sys.chown(path, owner.uid, owner.gid, { noFollow: !follows })
  } catch (error) {
    if (!quiet) io.err(`${io.name}: changing ${rules.what} of ${quoted(path)}: ${reason(error)}\n`)
    if (options.has('v')) describe(io, rules, path, stat, 'failed')
    return false
  }
  const same = (owner.uid === -1 || owner.uid === stat.uid) && (owner.gid === -1 || owner.gid === stat.gid)
  if (options.has('v') || (options.has('c') && !same)) describe(io, rules, path, stat, same ? 'retained' : 'changed')
  return done
}

function isThere(io: Io, path: string): boolean {
  try {
    io.sys.lstat(path)
    return true
  } catch (error) {
    reason(error)
    return false
  }
}
