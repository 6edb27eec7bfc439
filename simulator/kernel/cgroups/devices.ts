/**
 * The device controller of version 1 (security/device_cgroup.c): either everything, or a list of exceptions to nothing. A group begins with what
 * its parent has, and may not be given more.
 */
import { capable } from '../credentials'
import { Errno } from '../errno'
import type { Task } from '../task'
import type { GroupFile, Table } from './file'
import { shown, trigger } from './file'
import type { Group } from './group'

const LIST = 'devices.list'
const EVERYTHING = 'a *:* rwm'
const ACCESS = ['r', 'w', 'm'] as const

interface Rule {
  /** `c 1:3`. */
  readonly device: string
  readonly access: string
}

const listOf = (group: Group): string => group.values.get(LIST) ?? (group.parent ? listOf(group.parent) : EVERYTHING)
const rulesOf = (group: Group): Rule[] => listOf(group).split('\n').filter(Boolean).map((line) => ({ device: line.slice(0, line.lastIndexOf(' ')), access: line.slice(line.lastIndexOf(' ') + 1) }))
const keep = (group: Group, rules: readonly Rule[]): void => void group.values.set(LIST, rules.map(({ device, access }) => `${device} ${access}`).join('\n'))
const accessOf = (wanted: (letter: string) => boolean): string => ACCESS.filter(wanted).join('')

/** `a` alone is everything. */
function parse(text: string): Rule | 'everything' {
  const line = text.trim()
  if (line.startsWith('a')) return 'everything'
  const [, device, access] = /^([bc] (?:\*|\d+):(?:\*|\d+)) ([rwm]{1,3})$/.exec(line) ?? []
  if (device === undefined || access === undefined) throw new Errno('EINVAL')
  return { device, access: accessOf((letter) => access.includes(letter)) }
}

const covers = (rule: Rule, wanted: Rule): boolean => {
  const [type, numbers = ''] = rule.device.split(' ')
  const [wantedType, wantedNumbers = ''] = wanted.device.split(' ')
  const has = numbers.split(':')
  return type === wantedType && wantedNumbers.split(':').every((number, i) => has[i] === '*' || has[i] === number) && [...wanted.access].every((letter) => rule.access.includes(letter))
}

function change(group: Group, text: string, viewer: Task, what: 'allow' | 'deny'): void {
  if (!capable(viewer.credentials, 'CAP_SYS_ADMIN')) throw new Errno('EPERM')
  const wanted = parse(text)
  const parent = group.parent
  if (wanted === 'everything') {
    if (group.children.size > 0) throw new Errno('EINVAL')
    group.values.set(LIST, what === 'deny' ? '' : parent ? listOf(parent) : EVERYTHING)
    return
  }
  // Exceptions to everything are kept, but the list shows only that it is everything.
  if (listOf(group) === EVERYTHING) return
  if (what === 'allow' && parent && listOf(parent) !== EVERYTHING && !rulesOf(parent).some((rule) => covers(rule, wanted))) throw new Errno('EPERM')
  const rules = rulesOf(group)
  const at = rules.findIndex(({ device }) => device === wanted.device)
  const access = accessOf((letter) => (what === 'allow' ? (rules[at]?.access ?? '') + wanted.access : (rules[at]?.access ?? '').replaceAll(new RegExp(`[${wanted.access}]`, 'g'), '')).includes(letter))
  const changed = { device: wanted.device, access }
  if (at < 0) keep(group, what === 'allow' ? [...rules, changed] : rules)
  else keep(group, access === '' ? rules.toSpliced(at, 1) : rules.with(at, changed))
}

const writer = (what: 'allow' | 'deny'): GroupFile =>
  trigger((group, text, viewer) => change(group, text, viewer, what))

export const DEVICES: Table = {
  'devices.allow': writer('allow'),
  'devices.deny': writer('deny'),
  [LIST]: shown((group) => listOf(group).replace(/(?<=.)$/, '\n')),
}
