/** hostid(1) of coreutils 9.1: /etc/hostid, or the IPv4 address of the host's name with its halves exchanged (gethostid(3)). */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { getaddrinfo } from '../../libc/getaddrinfo'
import { atMost, command } from '../command'
import { HELP, VERSION } from './help'

function* gethostid(sys: Sys): Run<number> {
  try {
    const bytes = yield* sys.readFile('/etc/hostid')
    if (bytes.length >= 4) return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  } catch (error) {
    if (!isErrno(error)) throw error
  }
  const found = yield* getaddrinfo(sys, sys.uname().nodename, 'inet')
  const address = found.kind === 'found' ? found.addresses[0]?.address : undefined
  if (address === undefined) return 0
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number)
  // In memory the address is a.b.c.d; read as a little-endian number, and its 16-bit halves exchanged.
  return ((b << 24) | (a << 16) | (d << 8) | c) >>> 0
}

export default command({
  summary: 'print the numeric identifier for the current host',
  help: HELP, version: VERSION,
  *run(io, options) {
    atMost(io, options.operands, 0)
    io.out(`${(yield* gethostid(io.sys)).toString(16).padStart(8, '0')}\n`)
    return 0
  },
})
