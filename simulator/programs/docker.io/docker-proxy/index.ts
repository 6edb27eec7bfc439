/** docker-proxy: takes what comes to a port of the node to a port of a container (libnetwork cmd/proxy). */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { program } from '../../program'

const BACKLOG = 128
const CHUNK = 32_768

export default program({
  threads: 5,
  size: 2_109_656,
  called: 'by-path',
  summary: "takes connections to a published port into a container",
  memory: { vmSize: 1_148_252, vmRSS: 3_712 },
  *run(io) {
    const { sys } = io
    const flag = (name: string): string => io.args[io.args.indexOf(`-${name}`) + 1] ?? ''
    if (flag('proto') !== 'tcp') {
      io.err(`docker-proxy -proto ${flag('proto')}: not simulated in this lab\n`)
      return 125
    }
    const server = sys.socket('inet', 'stream')
    sys.bind(server, { family: 'inet', address: flag('host-ip'), port: Number(flag('host-port')) })
    sys.listen(server, BACKLOG)
    for (;;) {
      const { fd } = yield* sys.accept(server)
      sys.go(serve(sys, fd, { family: 'inet', address: flag('container-ip'), port: Number(flag('container-port')) }))
    }
  },
})

function* serve(sys: Sys, from: number, address: { readonly family: 'inet'; readonly address: string; readonly port: number }): Run {
  const to = sys.socket('inet', 'stream')
  try {
    yield* sys.connect(to, address)
  } catch (error) {
    if (!isErrno(error)) throw error
    for (const fd of [from, to]) sys.close(fd)
    return
  }
  let open = 2
  const copy = function* (source: number, target: number): Run {
    try {
      for (;;) {
        const bytes = yield* sys.read(source, CHUNK)
        if (bytes.length === 0) break
        yield* sys.write(target, bytes)
      }
      sys.shutdown(target, 'write')
    } catch (error) {
      if (!isErrno(error)) throw error
    }
    open--
    if (open === 0) for (const fd of [from, to]) sys.close(fd)
  }
  sys.go(copy(from, to))
  yield* copy(to, from)
}
