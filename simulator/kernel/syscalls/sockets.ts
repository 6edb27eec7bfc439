/** Sockets, and the typed services that are served on them. */
import { Errno } from '../errno'
import { SocketFile } from '../net/file'
import { TcpSocket } from '../net/tcp'
import { UnixSocket } from '../net/unix'
import type { Run } from '../run'
import { bindService, callService, serverEnds, ownService, serviceOf } from '../services'
import { acceptSocket, bindSocket, connectSocket, listenSocket, newSocket } from '../sockets'
import type { PassedFile, Service, SocketAddress } from '../sys'
import { resolve } from '../vfs/namei'
import { OpenFile } from '../vfs/openfile'
import { create, owner } from '../vfs/operations'
import { TerminalCalls } from './terminals'

/** net.core.somaxconn, which Go's servers ask for. */
const SOMAXCONN = 4096

export abstract class SocketCalls extends TerminalCalls {
  private socketFile(fd: number): SocketFile {
    const file = this.file(fd)
    if (!(file instanceof SocketFile)) throw new Errno('ENOTSOCK')
    return file
  }
  socket(family: 'inet' | 'inet6' | 'unix', type: 'stream' | 'dgram' | 'raw'): number {
    return this.install(new SocketFile(newSocket(this.task, family, type), this.now()))
  }
  bind(fd: number, address: SocketAddress): void {
    bindSocket(this.task, this.socketFile(fd).socket, address)
  }
  setV6Only(fd: number): void {
    this.socketFile(fd).socket.setV6Only()
  }
  listen(fd: number, backlog: number): void {
    listenSocket(this.socketFile(fd).socket, backlog)
  }
  *accept(fd: number): Run<{ fd: number; peer: SocketAddress }> {
    const socket = yield* acceptSocket(this.task, this.socketFile(fd).socket)
    return { fd: this.install(new SocketFile(socket, this.now())), peer: socket.peerAddress }
  }
  connect(fd: number, address: SocketAddress): Run {
    return connectSocket(this.task, this.socketFile(fd).socket, address)
  }
  getsockname(fd: number): SocketAddress {
    return this.socketFile(fd).socket.localAddress
  }
  getpeername(fd: number): SocketAddress {
    return this.socketFile(fd).socket.peerAddress
  }
  shutdown(fd: number, how: 'read' | 'write' | 'both'): void {
    this.socketFile(fd).socket.shutdown(how)
  }
  serve(path: string, service: Service): number {
    const at = create(this.task, path, (now) => ({ kind: 'sock', mode: 0o660, ...owner(this.task), now }))
    bindService(at.inode, this.task, service)
    return this.listenOn(path)
  }
  /** The socket that a service is reached by, for who lists sockets. A captured one has its number and its descriptor already (`pins`: `socket PATH`). */
  private listenOn(path: string): number {
    const { task } = this
    const [fd, inode] = task.kernel.pins.get(`socket ${path}`)?.split(' ').map(Number) ?? []
    task.kernel.pins.delete(`socket ${path}`)
    const socket = new UnixSocket(task.ns.net, 'stream', task.credentials.fsuid, inode)
    socket.bind(path)
    socket.listen(SOMAXCONN)
    const file = new SocketFile(socket, this.now())
    if (fd === undefined) return this.install(file, true)
    task.fds.set(fd, { file, closeOnExec: true })
    return fd
  }
  servePort(port: number, service: Service, address = '0.0.0.0'): void {
    const fd = this.socket('inet', 'stream')
    this.bind(fd, { family: 'inet', address, port })
    this.listen(fd, 4096)
    const { socket } = this.socketFile(fd)
    if (socket instanceof TcpSocket) socket.service = service
    ownService(this.task, service)
  }
  *dialPort(address: string, port: number): Run<{ service: Service; fd: number }> {
    const fd = this.socket('inet', 'stream')
    try {
      yield* this.connect(fd, { family: 'inet', address, port })
    } catch (error) {
      this.close(fd)
      throw error
    }
    const { socket } = this.socketFile(fd)
    if (socket instanceof TcpSocket && socket.service) return { service: socket.service, fd }
    this.close(fd)
    throw new Errno('ECONNRESET')
  }
  dial(path: string): Service {
    const { inode } = resolve(this.task, path)
    if (inode.kind !== 'sock') throw new Errno('ECONNREFUSED')
    return serviceOf(inode)
  }
  call<S extends Service, T>(service: S, work: (service: S) => Run<T>): Run<T> {
    return callService(this.task, service, work)
  }
  passDescriptor(fd: number): PassedFile {
    return this.file(fd).acquire()
  }
  takeDescriptor(passed: PassedFile): number {
    if (!(passed instanceof OpenFile)) throw new Errno('EBADF')
    return this.install(passed, true)
  }
  hangup(service: Service): Run {
    return serverEnds(this.task, service)
  }
}
