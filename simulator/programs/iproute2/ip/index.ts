/** ip(8), iproute2 6.1: options, objects and their abbreviations. Recordings: cri-node, namespaces and ctr-tasks. */
import type { Run } from '../../../kernel/run'
import { type Io, program } from '../../program'
import { address } from './address'
import { Ip, type IpOptions, matching, openNetns } from './context'
import { link } from './link'
import { neighbour } from './neighbour'
import { netns } from './netns'
import { route } from './route'
import { rule } from './rule'
import { ADDRESS_USAGE, IP_USAGE, LINK_USAGE, NEIGHBOUR_USAGE, NETNS_USAGE, ROUTE_USAGE, RULE_USAGE } from './usage'

const VERSION = 'ip utility, iproute2-6.1.0, libbpf 1.1.2'

interface Subject {
  readonly run: (ip: Ip, args: readonly string[]) => Run<number>
  readonly usage: string
}

const ADDRESS: Subject = { run: address, usage: ADDRESS_USAGE }
const NEIGHBOUR: Subject = { run: neighbour, usage: NEIGHBOUR_USAGE }

/** In the order in which an abbreviation is matched; null: not in the lab. */
const OBJECTS: readonly (readonly [string, Subject | null])[] = [
  ['address', ADDRESS], ['addrlabel', null], ['maddress', null], ['route', { run: route, usage: ROUTE_USAGE }], ['rule', { run: rule, usage: RULE_USAGE }],
  ['neighbor', NEIGHBOUR], ['neighbour', NEIGHBOUR], ['link', { run: link, usage: LINK_USAGE }], ['l2tp', null], ['fou', null], ['ila', null], ['macsec', null],
  ['ntable', null], ['ntbl', null], ['tunnel', null], ['tunl', null], ['tuntap', null], ['tap', null], ['token', null], ['tcpmetrics', null], ['monitor', null],
  ['xfrm', null], ['mroute', null], ['mrule', null], ['netns', { run: netns, usage: NETNS_USAGE }], ['netconf', null], ['vrf', null], ['sr', null], ['nexthop', null],
  ['mptcp', null], ['ioam', null], ['amt', null], ['help', null],
]

const FLAGS = [
  '-loops', '-family', '-4', '-6', '-0', '-M', '-B', '-human-readable', '-iec', '-statistics', '-details', '-oneline', '-resolve', '-timestamp', '-tshort', '-Version', '-force',
  '-batch', '-brief', '-json', '-pretty', '-rcvbuf', '-color', '-help', '-netns', '-Numeric', '-all',
] as const

/** Abbreviations that the C source lists before their longer neighbours. */
const EXACT: { readonly [option: string]: (typeof FLAGS)[number] } = {
  '-b': '-batch', '-br': '-brief', '-h': '-human-readable', '-N': '-Numeric', '-n': '-netns', '-r': '-resolve', '-rc': '-rcvbuf', '-s': '-statistics', '-stats': '-statistics',
  '-ts': '-tshort', '-t': '-timestamp', '-f': '-family', '-l': '-loops', '-c': '-color', '-a': '-all', '-V': '-Version', '-help': '-help', '-i': '-iec', '-o': '-oneline', '-d': '-details',
}

function* parse(io: Io): Run<{ options: IpOptions; rest: readonly string[] }> {
  let family: IpOptions['family']
  const on = { brief: false, oneline: false, details: false, json: false, pretty: false, color: false, all: false }
  let statistics = 0
  let at = 0
  const { args } = io
  const fail = (message: string): never => {
    io.err(`${message}\n`)
    return io.exit(255)
  }
  for (; at < args.length; at++) {
    const given = args[at] ?? ''
    if (!given.startsWith('-') || given === '-') break
    if (given === '--') {
      at++
      break
    }
    const option = given.startsWith('--') ? given.slice(1) : given
    const [bare = '', value] = option.split('=')
    const flag = bare === '-color' || bare === '-c' ? '-color' : (EXACT[option] ?? FLAGS.find((each) => each.startsWith(option)))
    switch (flag) {
      case '-4':
        family = 'inet'
        break
      case '-6':
        family = 'inet6'
        break
      case '-0':
        family = 'link'
        break
      case '-family': {
        const name = args[++at]
        if (name === undefined) fail('Command line is not complete. Try option "help"')
        else if (name === 'inet' || name === 'inet6' || name === 'link') family = name
        else fail(`Error: argument "${name}" is wrong: invalid protocol family`)
        break
      }
      case '-statistics':
        statistics++
        break
      case '-details':
        on.details = true
        break
      case '-oneline':
        on.oneline = true
        break
      case '-brief':
        on.brief = true
        break
      case '-json':
        on.json = true
        break
      case '-pretty':
        on.pretty = true
        break
      case '-all':
        on.all = true
        break
      case '-color':
        on.color = value === 'never' ? false : value === 'auto' ? io.sys.isatty(1) : true
        break
      case '-Version':
        io.out(`${VERSION}\n`)
        return io.exit(0)
      case '-help':
        return fail(IP_USAGE)
      case '-netns': {
        const name = args[++at] ?? fail('Command line is not complete. Try option "help"')
        const fd = yield* openNetns(io, name)
        if (fd === undefined) fail(`Cannot open network namespace "${name}": No such file or directory`)
        else {
          io.sys.setns(fd, 'net')
          io.sys.close(fd)
        }
        break
      }
      case '-resolve':
      case '-Numeric':
      case '-iec':
      case '-human-readable':
        break
      case undefined:
        return fail(`Option "${given}" is unknown, try "ip -help".`)
      default:
        io.err(`${io.name}: not simulated in this lab\n`)
        return io.exit(125)
    }
  }
  return { options: { family, statistics, ...on }, rest: args.slice(at) }
}

export default program({
  paths: ['/usr/bin/ip', '/usr/sbin/ip'],
  size: 691016,
  summary: 'show and change devices, addresses, routes and network namespaces',
  *run(io) {
    const { options, rest } = yield* parse(io)
    const ip = new Ip(io, options)
    const [word, ...args] = rest
    if (word === undefined) return ip.die(255, IP_USAGE)
    const name = matching(word, OBJECTS.map(([each]) => each))
    const subject = OBJECTS.find(([each]) => each === name)
    if (name === undefined || !subject) return ip.die(1, `Object "${word}" is unknown, try "ip help".`)
    if (name === 'help') return ip.die(255, IP_USAGE)
    if (!subject[1]) return ip.notSimulated()
    if (args[0] === 'help') return ip.die(255, subject[1].usage)
    return yield* subject[1].run(ip, args)
  },
})

