/** `ip neighbour` (ip-neighbour(8), ip/ipneigh.c). */
import { isMac } from '../../../kernel/net/address'
import type { Run } from '../../../kernel/run'
import { type Ip, Words, matching } from './context'

const COMMANDS = ['add', 'change', 'chg', 'replace', 'delete', 'get', 'show', 'lst', 'list', 'flush', 'help'] as const

export function* neighbour(ip: Ip, args: readonly string[]): Run<number> {
  const [word, ...rest] = args
  const command = word === undefined ? 'show' : matching(word, COMMANDS)
  const words = new Words(ip, rest)
  switch (command) {
    case 'show':
    case 'lst':
    case 'list':
      return show(ip, words)
    case 'add':
    case 'change':
    case 'chg':
    case 'replace':
    case 'delete':
      return modify(ip, words, command)
    case 'flush':
      return flush(ip, words)
    case undefined:
      return ip.unknownCommand(word ?? '', 'neigh')
    default:
      return ip.notSimulated()
  }
}

function select(ip: Ip, words: Words) {
  let device: string | undefined
  let state: string | undefined
  let address: string | undefined
  while (words.more) {
    const word = words.next()
    if (word === 'dev') device = ip.needLink(words.next()).name
    else if (word === 'nud') state = words.next().toUpperCase()
    else if (word === 'all') address = undefined
    else address = word === 'to' ? words.next() : word
  }
  const { family } = ip.options
  const found = ip.net
    .neighbours()
    .filter(
      (n) =>
        (device === undefined || n.device === device) && (state === undefined || state === 'ALL' || n.state === state) && (address === undefined || n.address === address) &&
        (family !== 'inet' || !n.address.includes(':')) && (family !== 'inet6' || n.address.includes(':')),
    )
  return { found, device }
}

function show(ip: Ip, words: Words): number {
  const { found, device } = select(ip, words)
  if (ip.options.json) {
    ip.json(found.map((n) => ({ dst: n.address, dev: device === undefined ? n.device : undefined, lladdr: n.mac, state: [n.state] })))
    return 0
  }
  for (const n of found) {
    const family = n.address.includes(':') ? 'inet6' : 'inet'
    const dev = device === undefined ? `dev ${ip.paint('ifname', `${n.device} `)}` : ''
    const mac = n.mac === undefined ? '' : `lladdr ${ip.paint('mac', n.mac)}${ip.options.brief ? '' : ' '}`
    if (ip.options.brief) ip.io.out(`${ip.address(n.address.padEnd(39), family)} ${ip.paint('ifname', n.device.padEnd(16))} ${n.mac ?? ''} \n`)
    else ip.io.out(`${ip.address(`${n.address} `, family)}${dev}${mac}${n.mac === undefined ? ' ' : ''}${n.state} \n`)
  }
  return 0
}

function modify(ip: Ip, words: Words, how: 'add' | 'change' | 'chg' | 'replace' | 'delete'): number {
  let address: string | undefined
  let device: string | undefined
  let mac: string | undefined
  while (words.more) {
    const word = words.next()
    if (word === 'dev') device = words.next()
    else if (word === 'lladdr') mac = words.next()
    else if (word === 'nud') words.next()
    else address = word === 'to' ? words.next() : word
  }
  if (address === undefined || device === undefined) return ip.die(255, 'Device and destination are required arguments.')
  const { name } = ip.needLink(device)
  const at = address
  if (mac !== undefined && !isMac(mac)) return ip.die(1, `"${mac}" is invalid lladdr.`)
  if (how === 'delete') {
    ip.change(() => ip.net.removeNeighbour(name, at))
    return 0
  }
  const known = ip.net.neighbours().some((n) => n.address === at && n.device === name)
  if (how === 'add' && known) return ip.die(2, 'RTNETLINK answers: File exists')
  if ((how === 'change' || how === 'chg') && !known) return ip.die(2, 'RTNETLINK answers: No such file or directory')
  ip.change(() => ip.net.setNeighbour(name, at, mac ?? '00:00:00:00:00:00'))
  return 0
}

function flush(ip: Ip, words: Words): number {
  if (!words.more) return ip.die(255, 'Flush requires arguments.')
  for (const n of select(ip, words).found) if (n.state !== 'PERMANENT') ip.change(() => ip.net.removeNeighbour(n.device, n.address))
  return 0
}
