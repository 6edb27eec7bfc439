/**
 * `node` as the image webratio/nodejs-http-server runs it: an HTTP server on $PORT that greets. Recordings: cri-node ctr-tasks and
 * crictl (logs), docker-node localhost-is-not-shared and build-a-pod-by-hand (a taken port).
 */
import { decode, encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { program } from '../../program'

const DEFAULT_PORT = 8080
const BACKLOG = 128
const LONGEST_REQUEST = 65536

export default program({
  paths: [],
  summary: 'the HTTP server of the webratio/nodejs-http-server image',
  memory: { vmPeak: 996, vmSize: 996, vmHWM: 708, vmRSS: 708 },
  *run(io) {
    const { sys } = io
    const port = Number(io.env('PORT') ?? DEFAULT_PORT) || DEFAULT_PORT
    const server = sys.socket('inet', 'stream')
    try {
      sys.bind(server, { family: 'inet', address: '0.0.0.0', port })
      sys.listen(server, BACKLOG)
    } catch (error) {
      if (!isErrno(error)) throw error
      io.err(`Error: listen ${error.code}: ${error.message.toLowerCase()} 0.0.0.0:${port}\n`)
      return 1
    }
    io.out(`Starting up http-server, serving ./\nAvailable on:\n  http://127.0.0.1:${port}\nHit CTRL-C to stop the server\n`)
    yield* io.flush()
    for (;;) {
      const { fd } = yield* sys.accept(server)
      try {
        yield* answer(sys, fd, `hello from port ${port}\n`)
      } catch (error) {
        if (!isErrno(error)) throw error
      }
      sys.close(fd)
    }
  },
})

function* answer(sys: Sys, fd: number, greeting: string): Run {
  let request = ''
  while (!/\r?\n\r?\n/.test(request) && request.length < LONGEST_REQUEST) {
    const part = yield* sys.read(fd, 4096)
    if (part.length === 0) return
    request += decode(part)
  }
  const head = `HTTP/1.1 200 OK\r\nserver: ecstatic-3.3.2\r\ncontent-type: text/plain\r\ncontent-length: ${encode(greeting).length}\r\nConnection: close\r\n\r\n`
  yield* sys.write(fd, encode(request.startsWith('HEAD ') ? head : head + greeting))
}
