/** busybox nc (networking/nc_bloaty.c's smaller sibling): a pipe to a port, or from one. */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { connectWithin } from '../../libc/connect'
import { getaddrinfo } from '../../libc/getaddrinfo'
import { copyBothWays } from '../../libc/pump'
import type { Io } from '../../program'
import { showUsage } from '../applet'

export default function* nc(io: Io): Run<number> {
  const { sys } = io
  let listen = false
  let local = 0
  let timeout: number | undefined
  const words: string[] = []
  for (let at = 0; at < io.args.length; at++) {
    const word = io.args[at] ?? ''
    if (!word.startsWith('-')) words.push(word)
    else if (/^-l+$/.test(word)) listen = true
    else if (word.startsWith('-p')) local = Number(word.slice(2) || io.args[++at])
    else if (word.startsWith('-w')) timeout = Number(word.slice(2) || io.args[++at]) * 1e9
    else if (word === '-lp') {
      listen = true
      local = Number(io.args[++at])
    } else if (/^-[ief]/.test(word)) {
      io.err('nc: not simulated in this lab\n')
      return 125
    } else return showUsage(io, 'nc')
  }
  let fd: number
  if (listen) {
    const server = sys.socket('inet', 'stream')
    try {
      sys.bind(server, { family: 'inet', address: '0.0.0.0', port: local })
      sys.listen(server, 1)
    } catch (error) {
      if (!isErrno(error)) throw error
      io.err(`nc: bind: ${error.message}\n`)
      return 1
    }
    fd = (yield* sys.accept(server)).fd
    sys.close(server)
  } else {
    const [host, port] = words
    if (host === undefined || port === undefined) return showUsage(io, 'nc')
    const found = yield* getaddrinfo(sys, host)
    const [address] = found.kind === 'found' ? found.addresses : []
    if (!address) {
      io.err(`nc: bad address '${host}'\n`)
      return 1
    }
    fd = sys.socket(address.family, 'stream')
    const failed = yield* connectWithin(sys, fd, { ...address, port: Number(port) }, timeout)
    if (failed === 'timeout') {
      io.err('nc: timed out\n')
      return 1
    }
    if (failed) {
      io.err(`nc: can't connect to remote host (${address.address}): ${failed.message}\n`)
      return 1
    }
  }
  yield* copyBothWays(sys, fd)
  return 0
}
