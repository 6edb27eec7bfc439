/** busybox ip (networking/ip.c, libiproute): what it prints differs from iproute2's in small things. Recordings: cri-node ctr-tasks and sessions. */
import { Errno, isErrno } from '../../../kernel/errno'
import { type Family, lastAddress, parsePrefix, widthOf } from '../../../kernel/net/address'
import type { LinkView } from '../../../kernel/net/rtnetlink'
import type { Run } from '../../../kernel/run'
import { type Io, Exit } from '../../program'
import { showUsage } from '../applet'

interface Options {
  family: Family | undefined
  oneline: boolean
}

const OBJECTS = ['address', 'route', 'link', 'tunnel', 'neigh', 'rule'] as const

/** `ip: …`, status 1. */
function die(io: Io, text: string, code = 1): never {
  io.err(`ip: ${text}\n`)
  throw new Exit(code)
}

export default function* ip(io: Io): Run<number> {
  const options: Options = { family: undefined, oneline: false }
  let at = 0
  for (; io.args[at]?.startsWith('-'); at++) {
    const word = io.args[at] ?? ''
    if (word === '-4') options.family = 'inet'
    else if (word === '-6') options.family = 'inet6'
    else if (word === '-o' || '-oneline' === word) options.oneline = true
    else if (word === '-f' || word === '-family') {
      const family = io.args[++at]
      if (family !== 'inet' && family !== 'inet6') return showUsage(io, 'ip')
      options.family = family
    } else return showUsage(io, 'ip')
  }
  const [word = '', command, ...rest] = io.args.slice(at)
  const object = word === '' ? undefined : OBJECTS.find((each) => each.startsWith(word))
  try {
    switch (object) {
      case 'address':
        return address(io, options, command, rest)
      case 'link':
        return link(io, options, command, rest)
      case 'route':
        return route(io, options, command, rest)
      case 'neigh':
        return neighbours(io, command)
      case 'rule':
        return rules(io, command)
      case 'tunnel':
        return notSimulated(io)
      default:
        return showUsage(io, 'ip')
    }
  } catch (error) {
    if (isErrno(error)) die(io, `RTNETLINK answers: ${error.message}`, 2)
    throw error
  }
}

function notSimulated(io: Io): number {
  io.err('ip: not simulated in this lab\n')
  return 125
}

const one = (word: string | undefined, words: readonly string[]): string | undefined => (word === undefined ? words[0] : words.find((each) => each.startsWith(word)))

function find(io: Io, name: string): LinkView {
  return io.sys.net.links().find((each) => each.name === name) ?? die(io, `can't find device '${name}'`)
}

function chosen(io: Io, words: readonly string[]): LinkView[] {
  const all = io.sys.net.links()
  let links = all
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    if (word === 'up') links = links.filter((each) => each.up)
    else if (word === 'to' || word === 'scope' || word === 'label') i++
    else {
      const { name } = find(io, word === 'dev' ? (words[++i] ?? '') : word)
      links = links.filter((each) => each.name === name)
    }
  }
  return links
}

/** The first line and the link's address; the device below is looked for here only, so one in another namespace counts as down. */
function head(each: LinkView, options: Options): string {
  const newline = options.oneline ? '\\' : '\n'
  const name = each.lower ? `${each.name}@${each.lower.name ?? `if${each.lower.index}`}` : each.name
  const flags = [...each.flags, ...(each.lower && !each.lower.up ? ['M-DOWN'] : [])]
  const tail = each.txqlen > 0 ? `qlen ${each.txqlen}` : ''
  const first = `${each.index}: ${name}: <${flags.join(',')}> mtu ${each.mtu} qdisc ${each.qdisc} ${each.master ? `master ${each.master} ` : ''}${tail}`
  if (options.family) return `${first}\n`
  return `${first}${newline}    link/${each.kind === 'loopback' ? 'loopback' : 'ether'} ${each.mac} brd ${each.broadcast}\n`
}

function address(io: Io, options: Options, word: string | undefined, words: readonly string[]): number {
  const command = one(word, ['show', 'list', 'add', 'change', 'replace', 'delete', 'flush'])
  if (command === 'show' || command === 'list') {
    for (const each of chosen(io, words)) {
      const addresses = each.addresses.filter((a) => !options.family || a.family === options.family)
      if (options.family && addresses.length === 0) continue
      if (!options.oneline) io.out(head(each, options))
      for (const a of addresses) {
        const broadcast = a.broadcast ? `brd ${a.broadcast} ` : ''
        const text = `    ${a.family} ${a.local}/${a.length} ${broadcast}scope ${a.scope} ${a.tentative ? 'tentative ' : ''}${a.label ?? ''}`
        const newline = options.oneline ? '\\' : '\n'
        io.out(`${options.oneline ? `${each.index}: ${each.name}` : ''}${text}${newline}       valid_lft forever preferred_lft forever\n`)
      }
    }
    return 0
  }
  if (command === undefined) return die(io, `invalid argument '${word}' to 'ip'`)
  let device: string | undefined
  let prefix: string | undefined
  let broadcast: string | undefined
  for (let i = 0; i < words.length; i++) {
    const each = words[i] ?? ''
    if (each === 'dev') device = words[++i]
    else if (each === 'brd' || each === 'broadcast') broadcast = words[++i]
    else if (each === 'label' || each === 'scope' || each === 'peer') i++
    else prefix = each
  }
  if (device === undefined) return die(io, '"dev" argument is required')
  const { name, addresses } = find(io, device)
  if (command === 'flush') {
    for (const a of addresses) io.sys.net.removeAddress(name, a)
    return 0
  }
  const parsed = prefix === undefined ? undefined : parsePrefix(prefix)
  if (!parsed) return die(io, `an inet prefix is expected rather than "${prefix ?? ''}"`)
  const spec = { local: parsed.host, length: parsed.length }
  const brd = broadcast === '+' ? lastAddress(parsed) : broadcast
  if (command === 'delete') io.sys.net.removeAddress(name, spec)
  else io.sys.net.addAddress(name, { ...spec, ...(brd ? { broadcast: brd } : {}) })
  return 0
}

function link(io: Io, options: Options, word: string | undefined, words: readonly string[]): number {
  const command = one(word, ['show', 'list', 'set', 'add', 'delete'])
  if (command === 'show' || command === 'list') {
    for (const each of chosen(io, words)) io.out(head(each, { ...options, family: undefined }))
    return 0
  }
  if (command === undefined) return die(io, `invalid argument '${word}' to 'ip'`)
  if (command === 'add') return notSimulated(io)
  let device: string | undefined
  const change: { up?: boolean; mtu?: number; name?: string; mac?: string; master?: string | null; txqlen?: number } = {}
  for (let i = 0; i < words.length; i++) {
    const each = words[i] ?? ''
    if (each === 'up') change.up = true
    else if (each === 'down') change.up = false
    else if (each === 'mtu') change.mtu = Number(words[++i])
    else if (each === 'qlen') change.txqlen = Number(words[++i])
    else if (each === 'name') change.name = words[++i] ?? ''
    else if (each === 'address') change.mac = words[++i] ?? ''
    else if (each === 'master') change.master = words[++i] ?? ''
    else if (each === 'nomaster') change.master = null
    else device = each === 'dev' ? words[++i] : each
  }
  if (device === undefined) return die(io, '"dev" argument is required')
  if (command === 'delete') {
    io.sys.net.removeLink(find(io, device).name)
    return 0
  }
  if (!io.sys.net.links().some((each) => each.name === device)) return die(io, 'SIOCGIFFLAGS: No such device', 2)
  io.sys.net.setLink(device, change)
  return 0
}

function route(io: Io, options: Options, word: string | undefined, words: readonly string[]): number {
  const command = one(word, ['list', 'show', 'get', 'add', 'append', 'replace', 'change', 'delete', 'flush'])
  const family = options.family ?? 'inet'
  if (command === 'list' || command === 'show') {
    const device = words.includes('dev') ? words[words.indexOf('dev') + 1] : undefined
    for (const each of io.sys.net.routes(family)) {
      if (device !== undefined && each.device !== device) continue
      const { destination: d } = each
      const target = d.length === 0 ? 'default' : d.length === widthOf(d.family) ? d.address : `${d.address}/${d.length}`
      const via = each.gateway ? `via ${each.gateway} ` : ''
      const dev = device === undefined ? `dev ${each.device} ` : ''
      const scope = each.scope === 'global' || family === 'inet6' ? '' : `scope ${each.scope} `
      const metric = each.metric > 0 ? ` metric ${each.metric} ` : ''
      io.out(`${each.type === 'unicast' ? '' : `${each.type} `}${target} ${via}${dev}${scope}${each.source ? ` src ${each.source} ` : ''}${metric}\n`)
    }
    return 0
  }
  if (command === undefined) return die(io, `invalid argument '${word}' to 'ip'`)
  if (command === 'get') {
    const parsed = parsePrefix(words[0] ?? '')
    if (!parsed) return die(io, `an inet prefix is expected rather than "${words[0] ?? ''}"`)
    const found = io.sys.net.routeTo(parsed.host)
    io.out(`${found.local ? 'local ' : ''}${parsed.host} ${found.gateway ? `via ${found.gateway} ` : ''}dev ${found.device} ${found.source ? ` src ${found.source} ` : ''}\n`)
    return 0
  }
  if (command === 'flush') return notSimulated(io)
  let target = ''
  const spec: { gateway?: string; device?: string; source?: string; metric?: number } = {}
  for (let i = 0; i < words.length; i++) {
    const each = words[i] ?? ''
    if (each === 'via') spec.gateway = words[++i] ?? ''
    else if (each === 'dev') spec.device = find(io, words[++i] ?? '').name
    else if (each === 'src') spec.source = words[++i] ?? ''
    else if (each === 'metric') spec.metric = Number(words[++i])
    else target = each
  }
  const destination = parsePrefix(target === 'default' ? (spec.gateway?.includes(':') ? '::/0' : '0.0.0.0/0') : target)
  if (!destination) throw new Errno('EINVAL')
  const whole = { ...spec, destination: { family: destination.family, address: destination.address, length: destination.length } }
  if (command === 'delete') io.sys.net.removeRoute(whole)
  else io.sys.net.addRoute(whole, command === 'add' ? 'add' : 'replace')
  return 0
}

function neighbours(io: Io, word: string | undefined): number {
  if (one(word, ['show', 'list']) === undefined) return notSimulated(io)
  for (const each of io.sys.net.neighbours()) {
    io.out(`${each.address} dev ${each.device} ${each.mac ? `lladdr ${each.mac} ` : ''}used 0/0/0 probes 0 ${each.state}\n`)
  }
  return 0
}

function rules(io: Io, word: string | undefined): number {
  if (one(word, ['list', 'show']) === undefined) return notSimulated(io)
  for (const [priority, table] of [[0, 'local'], [32766, 'main'], [32767, 'default']]) io.out(`${priority}:\tfrom all lookup ${table} \n`)
  return 0
}
