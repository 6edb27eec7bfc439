/** Words that complete `ip` (bash-completion 2.11, completions/ip). */
import type { Run } from '../../kernel/run'
import { commandSubstitute } from '../expand/command'
import type { Spot } from '../readline/spot'
import type { Shell } from '../shell'

const OPTIONS = ['-Version', '-statistics', '-details', '-resolve', '-family', '-oneline', '-timestamp', '-batch', '-rcvbuf']
const FAMILIES = ['inet', 'inet6', 'ipx', 'dnet', 'link']
/** What follows an object: its own words. */
const SUBCOMMANDS: Readonly<Record<string, readonly string[]>> = {
  link: ['help', 'add', 'delete', 'set', 'show'], address: ['help', 'add', 'change', 'replace', 'del', 'show', 'flush'],
  addrlabel: ['help', 'list', 'add', 'del', 'flush'], route: ['help', 'list', 'flush', 'get', 'add', 'del', 'change', 'append', 'replace', 'monitor'],
  rule: ['help', 'add', 'del', 'list', 'flush', 'save', 'restore', 'show'], neigh: ['help', 'add', 'del', 'change', 'replace', 'show', 'flush'],
  ntable: ['help', 'change', 'show'], tunnel: ['help', 'add', 'change', 'del', 'show', 'prl', '6rd'], maddr: ['help', 'add', 'del', 'show'], mroute: ['help', 'show'],
  netns: ['help', 'list', 'add', 'delete', 'identify', 'pids', 'exec', 'monitor', 'set'],
  xfrm: ['state', 'policy', 'monitor'],
}
const ALIASES: Readonly<Record<string, string>> = { l: 'link', a: 'address', addr: 'address', r: 'route' }
const SHOWN = ['dev', 'scope', 'to', 'label', 'dynamic', 'permanent', 'tentative', 'deprecated', 'dadfailed', 'temporary', 'primary', 'secondary', 'up']

export function* ipWords(shell: Shell, spot: Spot): Run<readonly string[]> {
  const rest = spot.words.slice(1)
  const previous = rest.at(-1)
  if (previous === '-f' || previous === '-family') return FAMILIES
  const at = rest.findIndex((arg, i) => !arg.startsWith('-') && !/^-(?:f(?:amily)?|rc(?:vbuf)?)$/.test(rest[i - 1] ?? ''))
  if (at < 0) return spot.word.startsWith('-') ? [...OPTIONS, ...(rest.length === 0 ? ['-force'] : [])] : ['help', ...(yield* objects(shell))]
  const object = ALIASES[rest[at] as string] ?? (rest[at] as string)
  const [subcommand, ...later] = rest.slice(at + 1)
  if (subcommand === undefined) return SUBCOMMANDS[object] ?? []
  if (previous === 'dev') return interfaces(shell)
  if (object === 'address' && (subcommand === 'show' || subcommand === 'flush') && later.length === 0) return [...interfaces(shell), ...SHOWN]
  if (object === 'link' && subcommand === 'show' && later.length === 0) return [...interfaces(shell), 'dev', 'group', 'up']
  if (object === 'link' && (subcommand === 'set' || subcommand === 'delete')) {
    if (later.length === 0) return interfaces(shell)
    if (subcommand === 'delete') return later.length === 1 ? ['type'] : []
    const switches = ['arp', 'dynamic', 'multicast', 'allmulticast', 'promisc', 'trailers']
    const valued = ['txqueuelen', 'name', 'address', 'broadcast', 'mtu', 'netns', 'alias']
    if (switches.includes(previous ?? '')) return ['on', 'off']
    return valued.includes(previous ?? '') ? [] : [...switches, ...valued, ...(previous === 'up' || previous === 'down' ? [] : ['up', 'down'])]
  }
  if (object === 'netns' && /^(?:delete|exec|pids|set)$/.test(subcommand) && later.length === 0) return (yield* commandSubstitute(shell, 'ip netns list 2>/dev/null')).split('\n').flatMap((line) => /^\S+/.exec(line)?.[0] ?? [])
  return []
}

/** The objects that `ip help` names. */
function* objects(shell: Shell): Run<string[]> {
  const text = yield* commandSubstitute(shell, 'ip help 2>&1')
  return (/OBJECT := \{([^}]*)\}/.exec(text)?.[1] ?? '').split(/[\s|]+/).filter((word) => word !== '')
}

const interfaces = (shell: Shell): string[] => {
  try {
    return shell.sys.readdir('/sys/class/net').map((entry) => entry.name)
  } catch {
    return shell.sys.net.links().map((link) => link.name)
  }
}
