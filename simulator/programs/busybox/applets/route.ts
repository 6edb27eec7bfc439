/** busybox route (networking/route.c): shows /proc/net/route. */
import { decode } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import type { Io } from '../../program'

const quad = (hex: string): string => (hex.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)).join('.')

export default function* route(io: Io): Run<number> {
  const numeric = io.args.includes('-n')
  if (io.args.some((word) => word !== '-n' && word !== '-e')) {
    io.err('route: not simulated in this lab\n')
    return 125
  }
  io.out('Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric Ref    Use Iface\n')
  for (const line of decode(yield* io.sys.readFile('/proc/net/route')).split('\n').slice(1)) {
    if (line.trim() === '') continue
    const [device = '', to = '', gateway = '', flags = '0', references = '', use = '', metric = '', mask = ''] = line.trim().split(/\s+/)
    const bits = Number.parseInt(flags, 16)
    const letters = `U${bits & 2 ? 'G' : ''}${bits & 4 ? 'H' : ''}`
    const target = !numeric && to === '00000000' ? 'default' : quad(to)
    const via = !numeric && gateway === '00000000' ? '*' : quad(gateway)
    io.out(`${target.padEnd(15)} ${via.padEnd(15)} ${quad(mask).padEnd(15)} ${letters.padEnd(5)} ${metric.padEnd(6)} ${references.padEnd(2)} ${use.padStart(7)} ${device}\n`)
  }
  return 0
}
