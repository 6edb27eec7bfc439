/** ssh(1), as far as logging in to another node goes: `ssh [USER@]HOST [COMMAND…]`, `-p`, `-t`, `-T`, `-l`, `-o` (accepted). */
import { isErrno } from '../../../kernel/errno'
import { decode } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import { SIG } from '../../../kernel/signals'
import type { Sys } from '../../../kernel/sys'
import { makeRaw } from '../../../kernel/tty/termios'
import { type Io, program } from '../../program'
import { type Channel, SSH_PORT, SshService } from '../../openssh-server/session'

const BLOCK = 65536
const USAGE = `usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] [-B bind_interface]
           [-b bind_address] [-c cipher_spec] [-D [bind_address:]port]
           [-E log_file] [-e escape_char] [-F configfile] [-I pkcs11]
           [-i identity_file] [-J [user@]host[:port]] [-L address]
           [-l login_name] [-m mac_spec] [-O ctl_cmd] [-o option] [-p port]
           [-Q query_option] [-R address] [-S ctl_path] [-W host:port]
           [-w local_tun[:remote_tun]] destination [command [argument ...]]
`

interface Options {
  host: string
  user: string
  port: number
  terminal: 'yes' | 'no' | 'auto'
  command: string | null
}

function parseArgs(io: Io): Options {
  const options: Options = { host: '', user: 'root', port: SSH_PORT, terminal: 'auto', command: null }
  const rest = [...io.args]
  while (rest.length > 0) {
    const arg = rest.shift() ?? ''
    if (options.host !== '') {
      options.command = [arg, ...rest].join(' ')
      break
    }
    if (arg === '-t' || arg === '-tt') options.terminal = 'yes'
    else if (arg === '-T') options.terminal = 'no'
    else if (arg === '-p') options.port = Number(rest.shift())
    else if (arg === '-l') options.user = rest.shift() ?? 'root'
    else if (arg === '-o' || arg === '-i' || arg === '-F') rest.shift()
    else if (/^-[qvC46n]+$/.test(arg)) continue
    else if (arg.startsWith('-')) {
      io.err(USAGE)
      io.exit(255)
    } else {
      const at = arg.lastIndexOf('@')
      options.host = arg.slice(at + 1)
      if (at >= 0) options.user = arg.slice(0, at)
    }
  }
  if (options.host === '') {
    io.err(USAGE)
    io.exit(255)
  }
  return options
}

/** The address of a host by /etc/hosts (nsswitch: files). */
function* addressOf(sys: Sys, host: string): Run<string | undefined> {
  if (/^\d+(\.\d+){3}$/.test(host)) return host
  for (const line of decode(yield* sys.readFile('/etc/hosts')).split('\n')) {
    const [address = '', ...names] = (line.split('#')[0] ?? '').trim().split(/\s+/)
    if (names.includes(host) && !address.includes(':') && address !== '127.0.1.1') return address
  }
  return undefined
}

export default program({
  summary: 'log in to another node',
  *run(io) {
    const { sys } = io
    const options = parseArgs(io)
    const address = yield* addressOf(sys, options.host)
    if (!address) {
      io.err(`ssh: Could not resolve hostname ${options.host}: Name or service not known\r\n`)
      return 255
    }
    let fd: number
    let service: object
    try {
      ;({ fd, service } = yield* sys.dialPort(address, options.port))
    } catch (error) {
      if (!isErrno(error)) throw error
      io.err(`ssh: connect to host ${options.host} port ${options.port}: ${error.message}\r\n`)
      return 255
    }
    if (!(service instanceof SshService)) {
      io.err(`kex_exchange_identification: Connection closed by remote host\r\nConnection closed by ${address} port ${options.port}\r\n`)
      return 255
    }
    const local = sys.isatty(0)
    const wantsTerminal = options.terminal === 'yes' || (options.terminal === 'auto' && options.command === null && local)
    const size = wantsTerminal ? (local ? sys.getWindowSize(0) : { cols: 80, rows: 24 }) : null
    const from = yield* ownAddress(sys, fd)
    const channel = yield* sys.call(service, (s) => s.open({ user: options.user, from, term: io.env('TERM') ?? 'dumb', size, command: options.command }))
    const code = yield* converse(sys, channel, local && wantsTerminal ? 'raw' : 'cooked')
    sys.close(fd)
    if (wantsTerminal) io.err(`Connection to ${options.host} closed.${local ? '\r' : '\r'}\n`)
    return code
  },
})

function* ownAddress(sys: Sys, fd: number): Run<string> {
  const name = sys.getsockname(fd)
  return name.family === 'unix' ? '127.0.0.1' : name.address
}

/** Carries both directions until the session ends; its value is the exit status. */
function* converse(sys: Sys, channel: Channel, mode: 'raw' | 'cooked'): Run<number> {
  const before = mode === 'raw' ? sys.tcgetattr(0) : null
  if (before) {
    sys.tcsetattr(0, makeRaw(before))
    sys.signal(SIG.SIGWINCH, () => channel.resize(sys.getWindowSize(0)))
  }
  sys.go(forwardKeys(sys, channel))
  try {
    for (;;) {
      const part = channel.takeOutput()
      if (part) yield* sys.write(part.fd, part.bytes)
      else if (channel.exit) return channel.exit.code
      else {
        try {
          yield* sys.waitOn(channel.queue)
        } catch (error) {
          if (!isErrno(error, 'EINTR')) throw error
        }
      }
    }
  } finally {
    channel.hangUp()
    if (before) sys.tcsetattr(0, before)
  }
}

function* forwardKeys(sys: Sys, channel: Channel): Run {
  for (;;) {
    let part: Uint8Array
    try {
      part = yield* sys.read(0, BLOCK)
    } catch (error) {
      if (isErrno(error, 'EINTR')) continue
      if (isErrno(error)) return channel.endInput()
      throw error
    }
    if (part.length === 0) return channel.endInput()
    channel.send(part)
  }
}
