/** redis-cli 7.0.11: one command to a server, as words or a line of standard input each (src/redis-cli.c: -h, -p, --version). No prompt. */
import { decode, encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { getaddrinfo } from '../../libc/getaddrinfo'
import { type Io, program } from '../../program'
import { encodeRequest, readReply, type Reply } from '../resp'

export default program({
  paths: [],
  summary: 'send a command to a redis server',
  *run(io) {
    const { sys } = io
    let host = '127.0.0.1'
    let port = 6379
    const words = [...io.args]
    while (words[0]?.startsWith('-')) {
      const option = words.shift()
      if (option === '-v' || option === '--version') {
        io.out('redis-cli 7.0.11\n')
        return 0
      }
      if (option === '-h') host = words.shift() ?? host
      else if (option === '-p') port = Number(words.shift())
      else return notSimulated(io)
    }
    if (words.length === 0 && sys.isatty(0)) return notSimulated(io)
    const fd = yield* connect(io, host, port)
    if (fd < 0) return 1
    const lines = words.length > 0 ? [words] : (yield* input(io)).map((line) => line.trim().split(/\s+/)).filter(([first]) => first)
    let status = 0
    for (const line of lines) {
      const reply = yield* ask(io, fd, line)
      if (!reply) {
        io.err('Error: Server closed the connection\n')
        return 1
      }
      io.out(`${shown(reply, sys.isatty(1) ? 'terminal' : 'raw')}\n`)
      if (reply.type === 'error') status = words.length > 0 ? 1 : 0
    }
    return status
  },
})

function notSimulated(io: Io): number {
  io.err(`${io.name}: not simulated in this lab\n`)
  return 125
}

function* input({ sys }: Io): Run<string[]> {
  let text = ''
  for (;;) {
    const part = yield* sys.read(0, 65_536)
    if (part.length === 0) return text.split('\n')
    text += decode(part)
  }
}

/** Minus one when it cannot. */
function* connect(io: Io, host: string, port: number): Run<number> {
  const { sys } = io
  const fail = (why: string): number => {
    io.err(`Could not connect to Redis at ${host}:${port}: ${why}\n`)
    return -1
  }
  const found = yield* getaddrinfo(sys, host)
  const [address] = found.kind === 'found' ? found.addresses : []
  if (!address) return fail(found.kind === 'try-again' ? 'Temporary failure in name resolution' : 'Name or service not known')
  const fd = sys.socket(address.family, 'stream')
  try {
    yield* sys.connect(fd, { ...address, port })
    return fd
  } catch (error) {
    if (!isErrno(error)) throw error
    return fail(error.message)
  }
}

function* ask({ sys }: Io, fd: number, words: readonly string[]): Run<Reply | undefined> {
  yield* sys.write(fd, encode(encodeRequest(words)))
  let held = ''
  for (;;) {
    const read = readReply(held)
    if (read) return read.reply
    const part = yield* sys.read(fd, 65_536)
    if (part.length === 0) return undefined
    held += decode(part)
  }
}

/** A terminal gets types and quotes, anything else the bare text. */
function shown(reply: Reply, where: 'terminal' | 'raw'): string {
  const isRaw = where === 'raw'
  switch (reply.type) {
    case 'status': return reply.text
    case 'error': return isRaw ? `${reply.text}\n` : `(error) ${reply.text}`
    case 'text': return isRaw ? reply.text : JSON.stringify(reply.text)
    case 'number': return isRaw ? String(reply.value) : `(integer) ${reply.value}`
    case 'nothing': return isRaw ? '' : '(nil)'
    case 'list': {
      if (reply.items.length === 0) return isRaw ? '' : '(empty array)'
      return reply.items.map((item, i) => (isRaw ? shown(item, where) : `${i + 1}) ${shown(item, where)}`)).join('\n')
    }
  }
}
