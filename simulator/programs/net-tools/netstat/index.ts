/** netstat(8) of net-tools 2.10: sockets, routes, interfaces and groups as /proc/net has them. Statistics (-s), -c and -o are not simulated. */
import type { Run } from '../../../kernel/run'
import { accounts } from '../../coreutils/accounts'
import { optionsOf } from '../../options/call'
import { declare } from '../../options/declare'
import type { Options } from '../../options/parse'
import { type Io, program } from '../../program'
import { readText } from '../../procps/processes'
import { inet, inet6 } from '../addresses'
import { details, HEADER_REST, interfacesOf, row } from '../interfaces'
import { namesFor } from '../names'
import { inet6Routes, inetRoutes } from '../routing'
import { internet, internetHeader, programsOf, type Show, unix } from '../sockets'
import { FAMILIES, HARDWARE, RELEASE, ROUTING_FAMILIES, usage, wrongCall } from '../version'
import { USAGE } from './help'

const DECLARED = declare([`  -r, --route
  -i, --interfaces
  -g, --groups
  -s, --statistics
  -M, --masquerade
  -v, --verbose
  -W, --wide
  -n, --numeric
  --numeric-hosts
  --numeric-ports
  --numeric-users
  -N, --symbolic
  -e, --extend
  -p, --programs
  -o, --timers
  -c, --continuous
  -l, --listening
  -a, --all
  -F, --fib
  -C, --cache
  -Z, --context
  -t, --tcp
  -u, --udp
  -U, --udplite
  -S, --sctp
  -w, --raw
  -x, --unix
  -2, --l2cap
  -f, --rfcomm
  -4, --inet
  -6, --inet6
  -A, --protocol FAMILY
  --ip
  -V, --version
  -h, --help
`])
const NOT_SIMULATED = ['statistics', 'timers', 'continuous', 'context', 'symbolic', 'cache', 'protocol', 'l2cap', 'rfcomm'] as const

export default program({
  summary: 'print network connections, routing tables, interface statistics, and multicast memberships',
  *run(io) {
    const options = optionsOf(io, DECLARED, wrongCall(io, [[USAGE, ROUTING_FAMILIES]], 3))
    if (options.has('version')) {
      io.out(`${RELEASE}Fred Baumgarten, Alan Cox, Bernd Eckenfels, Phil Blundell, Tuan Hoang, Brian Micek and others\n+NEW_ADDRT +RTF_IRTT +RTF_REJECT +FW_MASQUERADE +I18N +SELINUX\n${FAMILIES}HW:  ${HARDWARE}`)
      return 0
    }
    if (options.has('help')) return usage(io, [[USAGE, ROUTING_FAMILIES]], 0)
    if (options.has(...NOT_SIMULATED)) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    if (options.has('masquerade')) {
      io.err("netstat: no support for `ip_masquerade' on this system.\n")
      return 1
    }
    const numeric = options.has('numeric')
    const names = yield* namesFor(io.sys, { hosts: numeric || options.has('numeric-hosts'), ports: numeric || options.has('numeric-ports') })
    if (options.has('route')) {
      const { text, status } = options.has('inet6') ? yield* inet6Routes(io.sys, names) : yield* inetRoutes(io.sys, 'window', names, numeric ? '0.0.0.0' : 'default')
      io.out(text)
      return status
    }
    if (options.has('interfaces')) interfaces(io, options)
    else if (options.has('groups')) io.out(yield* groups(io))
    else yield* sockets(io, options, names)
    return 0
  },
})

function interfaces(io: Io, options: Options): void {
  const shown = interfacesOf(io.sys).filter((link) => options.has('all') || link.up)
  io.out('Kernel Interface table\n')
  if (options.has('extend')) for (const link of shown) io.out(details(link))
  else io.out(`Iface             MTU${HEADER_REST}${shown.map(row).join('')}`)
}

function* groups(io: Io): Run<string> {
  let out = 'IPv6/IPv4 Group Memberships\nInterface       RefCnt Group\n--------------- ------ ---------------------\n'
  const line = (device: string, references: string, group: string): string => `${device.padEnd(15)} ${references.padEnd(6)} ${group}\n`
  let device = ''
  for (const text of ((yield* readText(io.sys, '/proc/net/igmp')) ?? '').split('\n').slice(1).filter(Boolean)) {
    const words = text.trim().split(/\s+/)
    if (/^\d/.test(text)) device = words[1] ?? ''
    else out += line(device, words[1] ?? '', inet(words[0] ?? ''))
  }
  for (const text of ((yield* readText(io.sys, '/proc/net/igmp6')) ?? '').split('\n').filter(Boolean)) {
    const [, name = '', group = '', references = ''] = text.trim().split(/\s+/)
    out += line(name, references, inet6(group))
  }
  return out
}

function* sockets(io: Io, options: Options, names: Show['names']): Run {
  const numeric = options.has('numeric', 'numeric-users')
  const known = numeric ? undefined : yield* accounts(io.sys)
  const show: Show = {
    kind: options.has('all') ? 'all' : options.has('listening') ? 'listening' : 'connected',
    wide: options.has('wide'), extended: options.has('extend'), names,
    user: (uid) => known?.user(uid) ?? String(uid), programs: options.has('programs') ? yield* programsOf(io.sys) : null,
  }
  const families = ([4, 6] as const).filter((family) => !options.has('inet', 'inet6', 'ip') || (family === 4 ? options.has('inet', 'ip') : options.has('inet6')))
  const protocols = (['tcp', 'udp', 'raw'] as const).filter((protocol) => options.has(protocol))
  const every = protocols.length === 0 && !options.has('unix', 'udplite', 'sctp')
  if (every || protocols.length > 0 || options.has('udplite', 'sctp')) {
    io.out(internetHeader(show))
    for (const protocol of every ? (['tcp', 'udp', 'raw'] as const) : protocols) for (const family of families) io.out(yield* internet(io.sys, protocol, family, show))
  }
  if (options.has('unix') || (every && families.length === 2)) io.out(yield* unix(io.sys, show))
}
