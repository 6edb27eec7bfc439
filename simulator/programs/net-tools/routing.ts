/** The routing tables of the kernel as route and `netstat -r` print them (net-tools lib/inet_gr.c, inet6_gr.c). */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { readText } from '../procps/processes'
import { inet, inet6 } from './addresses'
import type { Names } from './names'

/** `metric`: route's columns; `window`: those of `-e`; `all`: those of `-ee`. */
export type Columns = 'metric' | 'window' | 'all'

/** Letters of route flags, by bit (route(8)). */
const FLAGS: readonly (readonly [bit: number, letter: string])[] = [[0x200, '!'], [1, 'U'], [2, 'G'], [4, 'H'], [0x10, 'D'], [0x20, 'M'], [0x10000, 'd'], [0x40000, 'A'], [0x200000, 'n'], [0x1000000, 'C']]
const lettersOf = (flags: number): string => (flags & 0x200 ? '!' : FLAGS.filter(([bit]) => flags & bit).map(([, letter]) => letter).join(''))

const HEADERS: { readonly [C in Columns]: string } = {
  metric: 'Flags Metric Ref    Use Iface', window: 'Flags   MSS Window  irtt Iface', all: 'Flags Metric Ref    Use Iface    MSS   Window irtt',
}

export interface Table {
  readonly text: string
  /** 1 where the kernel has no table yet. */
  readonly status: 0 | 1
}

export function* inetRoutes(sys: Sys, columns: Columns, names: Names, anywhere: string): Run<Table> {
  const file = (yield* readText(sys, '/proc/net/route')) ?? ''
  let out = `Kernel IP routing table\nDestination     Gateway         Genmask         ${HEADERS[columns]}\n`
  for (const line of file.split('\n').slice(1).filter(Boolean)) {
    const [device = '', to = '', via = '', flagWord = '0', references = '', use = '', metric = '', maskWord = '', mss = '', window = '', irtt = ''] = line.trim().split(/\s+/)
    const flags = Number.parseInt(flagWord, 16)
    const reject = (flags & 0x200) !== 0
    const mask = inet(maskWord)
    const destination = to === '00000000' && maskWord === '00000000' ? anywhere : names.host(inet(to))
    const gateway = reject ? '-' : names.host(inet(via))
    out += `${destination.slice(0, 15).padEnd(15)} ${gateway.slice(0, 15).padEnd(15)} ${mask.padEnd(15)} ${lettersOf(flags).padEnd(5)} `
    if (columns === 'window') out += reject ? `${'-'.padStart(5)} ${'-'.padEnd(5)} ${'-'.padStart(6)} -\n` : `${mss.padStart(5)} ${window.padEnd(5)} ${irtt.padStart(6)} ${device}\n`
    else {
      const end = reject ? '-' : device
      out += `${metric.padEnd(6)} ${(reject ? '-' : references).padEnd(2)} ${use.padStart(7)} ${columns === 'all' ? end.padEnd(8) : end}`
      out += columns === 'all' ? ` ${(reject ? '-' : mss).padEnd(5)} ${(reject ? '-' : window).padEnd(6)} ${reject ? '-' : irtt}\n` : '\n'
    }
  }
  return { text: out, status: file === '' ? 1 : 0 }
}

export function* inet6Routes(sys: Sys, names: Names): Run<Table> {
  let out = 'Kernel IPv6 routing table\nDestination                    Next Hop                   Flag Met Ref  Use If\n'
  for (const line of ((yield* readText(sys, '/proc/net/ipv6_route')) ?? '').split('\n').filter(Boolean)) {
    const [to = '', length = '', , , via = '', metric = '', references = '', use = '', flagWord = '', device = ''] = line.trim().split(/\s+/)
    const hex = (word: string): number => Number.parseInt(word, 16)
    const destination = `${names.host(inet6(to))}/${hex(length)}`
    out += `${destination.padEnd(30)} ${names.host(inet6(via)).padEnd(26)} ${lettersOf(hex(flagWord)).padEnd(4)} ${String(hex(metric) | 0).padEnd(3)} ${hex(references)}${String(hex(use)).padStart(7)} ${device}\n`
  }
  return { text: out, status: 0 }
}
