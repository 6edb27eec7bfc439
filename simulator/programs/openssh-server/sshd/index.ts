/**
 * sshd(8): for each connection a child process, `sshd: root@pts/0`, that holds the master of a terminal and starts the login
 * shell on its slave.
 */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { SIG } from '../../../kernel/signals'
import type { Sys } from '../../../kernel/sys'
import { program } from '../../program'
import { Channel, SSH_PORT, type SessionRequest, SshService } from '../session'

const BLOCK = 65536

export default program({
  paths: ['/usr/sbin/sshd'],
  summary: 'the SSH server: logins from other nodes',
  *run(io) {
    const { sys } = io
    sys.signal(SIG.SIGCHLD, 'ignore')
    sys.servePort(SSH_PORT, new Server(sys))
    for (;;) {
      try {
        yield* sys.pause()
      } catch (error) {
        if (!isErrno(error, 'EINTR')) throw error
      }
    }
  },
})

class Server extends SshService {
  private readonly sys: Sys
  private logins = 0
  constructor(sys: Sys) {
    super()
    this.sys = sys
  }
  *open(request: SessionRequest): Run<Channel> {
    const channel = new Channel(request)
    const ordinal = ++this.logins
    this.sys.fork((child) => handle(child, channel, ordinal))
    return channel
  }
}

function* handle(sys: Sys, channel: Channel, ordinal: number): Run<number> {
  sys.signal(SIG.SIGCHLD, 'default')
  const { request } = channel
  const env = new Map([
    ['USER', request.user], ['LOGNAME', request.user], ['HOME', '/root'], ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ['SHELL', '/bin/bash'], ['LANG', 'C.UTF-8'], ['SSH_CLIENT', `${request.from} 41234 22`], ['SSH_CONNECTION', `${request.from} 41234 127.0.0.1 22`],
  ])
  return request.size ? yield* onTerminal(sys, channel, env, ordinal) : yield* onPipes(sys, channel, env)
}

/** A session with a terminal: a login shell, or a command on it. */
function* onTerminal(sys: Sys, channel: Channel, env: Map<string, string>, ordinal: number): Run<number> {
  const { request } = channel
  const pty = sys.openPty(request.size ?? { cols: 80, rows: 24 })
  sys.setName('sshd')
  sys.setTitle(`sshd: ${request.user}@${pty.path.replace('/dev/', '')}`)
  env.set('TERM', request.term)
  env.set('SSH_TTY', pty.path)
  const pid = sys.pinned(`login ${ordinal} pid`)
  const shell = sys.fork(
    function* (child) {
      child.setsid()
      child.setControllingTty(pty.slave)
      for (const fd of [0, 1, 2]) child.dup2(pty.slave, fd)
      for (const fd of child.descriptors()) if (fd > 2) child.close(fd)
      child.chdir('/root')
      return yield* request.command === null ? child.exec('/bin/bash', ['-bash'], env) : child.exec('/bin/bash', ['bash', '-c', request.command], env)
    },
    pid ? { setTid: Number(pid) } : {},
  )
  sys.close(pty.slave)
  let ended: number | null = null
  sys.go(
    (function* () {
      ended = yield* exitOf(sys, shell)
      channel.queue.wake()
    })(),
  )
  sys.go(forwardInput(sys, channel, pty.master))
  for (;;) {
    const part = yield* sys.read(pty.master, BLOCK)
    if (part.length === 0) break
    yield* channel.print(sys, 1, part)
  }
  while (ended === null) yield* sys.waitOn(channel.queue)
  channel.end(ended)
  return 0
}

function* exitOf(sys: Sys, pid: number): Run<number> {
  for (;;) {
    try {
      const result = yield* sys.wait(pid)
      if (result?.status.kind === 'exited') return result.status.code
      if (result?.status.kind === 'signaled') return 255
    } catch (error) {
      if (!isErrno(error, 'EINTR')) return 255
    }
  }
}

/** What the client typed, and its window's size, go to the terminal. */
function* forwardInput(sys: Sys, channel: Channel, master: number): Run {
  for (;;) {
    if (channel.size) sys.setWindowSize(master, channel.size)
    const bytes = channel.takeInput()
    if (bytes) yield* sys.write(master, bytes)
    else if (channel.clientGone) {
      sys.close(master)
      return
    } else yield* sys.waitOn(channel.queue)
  }
}

/** `ssh host command`: no terminal, three pipes. */
function* onPipes(sys: Sys, channel: Channel, env: Map<string, string>): Run<number> {
  const input = sys.pipe()
  const output = sys.pipe()
  const errors = sys.pipe()
  sys.setTitle(`sshd: ${channel.request.user}@notty`)
  const pid = sys.fork(function* (child) {
    child.setsid()
    child.dup2(input.read, 0)
    child.dup2(output.write, 1)
    child.dup2(errors.write, 2)
    for (const fd of child.descriptors()) if (fd > 2) child.close(fd)
    child.chdir('/root')
    return yield* channel.request.command === null ? child.exec('/bin/bash', ['-bash'], env) : child.exec('/bin/bash', ['bash', '-c', channel.request.command], env)
  })
  for (const fd of [input.read, output.write, errors.write]) sys.close(fd)
  let open = 2
  const forward = function* (from: number, fd: 1 | 2): Run {
    for (;;) {
      const part = yield* sys.read(from, BLOCK)
      if (part.length === 0) break
      yield* channel.print(sys, fd, part)
    }
    open--
    channel.queue.wake()
  }
  sys.go(forward(output.read, 1))
  sys.go(forward(errors.read, 2))
  sys.go(
    (function* () {
      for (;;) {
        const bytes = channel.takeInput()
        if (bytes) yield* sys.write(input.write, bytes)
        else if (channel.inputEnded || channel.clientGone) {
          sys.close(input.write)
          return
        } else yield* sys.waitOn(channel.queue)
      }
    })(),
  )
  const code = yield* exitOf(sys, pid)
  while (open > 0) yield* sys.waitOn(channel.queue)
  channel.end(code)
  return 0
}
