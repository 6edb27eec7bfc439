/** nc(1), OpenBSD's (Debian 1.219): connections and listeners over TCP and unix sockets, and port scans. */
import { isErrno } from '../../../kernel/errno'
import type { SocketAddress } from '../../../kernel/sys'
import { connectWithin } from '../../libc/connect'
import { LOOKUP_ERRORS, getaddrinfo } from '../../libc/getaddrinfo'
import { copyBothWays } from '../../libc/pump'
import { program } from '../../program'

const USAGE = 'usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]\n\t  [-m minttl] [-O length] [-P proxy_username] [-p source_port]\n\t  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]\n\t  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]\n\t  [destination] [port]\n'

export default program({
  paths: ['/usr/bin/nc.openbsd', '/usr/bin/nc', '/usr/bin/netcat'],
  summary: 'read and write network connections',
  *run(io) {
    const { sys } = io
    const on = new Set<string>()
    let timeout: number | undefined
    let source = 0
    const words: string[] = []
    for (let at = 0; at < io.args.length; at++) {
      const word = io.args[at] ?? ''
      if (!word.startsWith('-') || word === '-') {
        words.push(word)
        continue
      }
      for (let i = 1; i < word.length; i++) {
        const letter = word[i] ?? ''
        if ('wpqis'.includes(letter)) {
          const value = word.slice(i + 1) || (io.args[++at] ?? '')
          if (letter === 'w') timeout = Number(value) * 1e9
          if (letter === 'p') source = Number(value)
          break
        }
        if (!'46CDdFklNnrtUvz'.includes(letter)) {
          io.err(letter === 'u' || letter === 'h' ? 'nc: not simulated in this lab\n' : `nc: invalid option -- '${letter}'\n${USAGE}`)
          return letter === 'u' || letter === 'h' ? 125 : 1
        }
        on.add(letter)
      }
    }
    const unix = on.has('U')
    if (on.has('l')) {
      const port = source || Number(words.at(-1))
      const server = sys.socket(unix ? 'unix' : 'inet', 'stream')
      try {
        sys.bind(server, unix ? { family: 'unix', path: words[0] ?? '' } : { family: 'inet', address: words.length > 1 ? (words[0] ?? '0.0.0.0') : '0.0.0.0', port })
        sys.listen(server, 5)
      } catch (error) {
        if (!isErrno(error)) throw error
        io.err(`nc: ${error.message}\n`)
        return 1
      }
      if (on.has('v')) io.err(unix ? `Bound on ${words[0]}\nListening on ${words[0]}\n` : `Listening on 0.0.0.0 ${port}\n`)
      yield* io.flush()
      do {
        const { fd, peer } = yield* sys.accept(server)
        if (on.has('v') && peer.family !== 'unix') io.err(`Connection received on ${peer.address} ${peer.port}\n`)
        yield* io.flush()
        yield* copyBothWays(sys, fd)
        sys.close(fd)
      } while (on.has('k'))
      return 0
    }
    const [host, ports] = words
    if (host === undefined || (ports === undefined && !unix)) {
      io.err(USAGE)
      return 1
    }
    const [low = 0, high = low] = (ports ?? '0').split('-').map(Number)
    if (!unix && !(low > 0 && high >= low && high < 65536)) {
      io.err(`nc: port number invalid: ${ports}\n`)
      return 1
    }
    let addresses: SocketAddress[] = [{ family: 'unix', path: host }]
    if (!unix) {
      const found = yield* getaddrinfo(sys, host, on.has('4') ? 'inet' : on.has('6') ? 'inet6' : undefined)
      if (found.kind !== 'found') {
        io.err(`nc: getaddrinfo for host "${host}" port ${ports}: ${LOOKUP_ERRORS[found.kind]}\n`)
        return 1
      }
      addresses = found.addresses.map((each) => ({ ...each, port: low }))
    }
    let good = false
    for (let port = low; port <= high; port++) {
      for (const address of addresses) {
        const fd = sys.socket(address.family, 'stream')
        const failed = yield* connectWithin(sys, fd, address.family === 'unix' ? address : { ...address, port }, timeout)
        if (failed) {
          sys.close(fd)
          const text = failed === 'timeout' ? 'Operation now in progress' : failed.message
          if (unix) io.err(`nc: unix connect failed: ${text}\nnc: ${host}: ${text}\n`)
          else if (on.has('v')) io.err(`nc: connect to ${host}${address.family !== 'unix' && address.address !== host ? ` (${address.address})` : ''} port ${port} (tcp) ${failed === 'timeout' ? 'timed out' : 'failed'}: ${text}\n`)
          continue
        }
        good = true
        if (on.has('v') && address.family !== 'unix') io.err(`Connection to ${host}${address.address === host ? '' : ` (${address.address})`} ${port} port [tcp/*] succeeded!\n`)
        yield* io.flush()
        if (!on.has('z')) yield* copyBothWays(sys, fd)
        sys.close(fd)
        break
      }
    }
    return good ? 0 : 1
  },
})
