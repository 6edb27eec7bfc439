/** `ip rule` (ip-rule(8)): the lab keeps to the three rules that every namespace is born with. */
import type { Run } from '../../../kernel/run'
import { type Ip, matching } from './context'

const COMMANDS = ['list', 'lst', 'show', 'save', 'restore', 'add', 'delete', 'flush', 'help'] as const
const RULES = [
  { priority: 0, table: 'local', families: ['inet', 'inet6'] },
  { priority: 32766, table: 'main', families: ['inet', 'inet6'] },
  { priority: 32767, table: 'default', families: ['inet'] },
]

export function* rule(ip: Ip, args: readonly string[]): Run<number> {
  const [word] = args
  const command = word === undefined ? 'list' : matching(word, COMMANDS)
  if (command === undefined) return ip.unknownCommand(word ?? '', 'rule')
  if (command !== 'list' && command !== 'lst' && command !== 'show') return ip.notSimulated()
  const rules = RULES.filter((each) => each.families.includes(ip.options.family === 'inet6' ? 'inet6' : 'inet'))
  if (ip.options.json) ip.json(rules.map(({ priority, table }) => ({ priority, src: 'all', table })))
  else for (const { priority, table } of rules) ip.io.out(`${priority}:\tfrom all lookup ${table}${ip.options.details ? ' proto kernel' : ''}\n`)
  return 0
}
