/** Terminals (termios(3), pty(7), credentials(7)). */
import { Errno } from '../errno'
import { findGroup } from '../signal'
import { DevptsFs } from '../tty/devpts'
import { PtyMaster, TtyFile } from '../tty/files'
import type { Termios, WindowSize } from '../tty/termios'
import { pathOf } from '../vfs/location'
import { resolve } from '../vfs/namei'
import { NameCalls } from './names'

export abstract class TerminalCalls extends NameCalls {
  private tty(fd: number): TtyFile | PtyMaster {
    const file = this.file(fd)
    if (!(file instanceof TtyFile) && !(file instanceof PtyMaster)) throw new Errno('ENOTTY')
    return file
  }
  isatty(fd: number): boolean {
    return this.task.fds.get(fd)?.file instanceof TtyFile
  }
  ttyname(fd: number): string {
    const file = this.tty(fd)
    return pathOf(file.location, this.task.root)
  }
  tcgetattr(fd: number): Termios {
    return this.tty(fd).tty.termios
  }
  tcsetattr(fd: number, termios: Termios): void {
    this.tty(fd).tty.setTermios(termios)
  }
  tcgetpgrp(fd: number): number {
    const { tty } = this.tty(fd)
    if (this.task.session.tty !== tty) throw new Errno('ENOTTY')
    return tty.foreground?.leader.pidIn(this.task.ns.pid) ?? 0
  }
  tcsetpgrp(fd: number, pgid: number): void {
    const { tty } = this.tty(fd)
    if (this.task.session.tty !== tty) throw new Errno('ENOTTY')
    const { tasks } = this.task.ns.pid
    const group = findGroup(tasks.get(pgid), tasks.values(), pgid, this.task)
    if (!group) throw new Errno('ESRCH')
    if (group.session !== this.task.session) throw new Errno('EPERM')
    tty.foreground = group
    tty.queue.wake()
  }
  getWindowSize(fd: number): WindowSize {
    return this.tty(fd).tty.size
  }
  setWindowSize(fd: number, size: WindowSize): void {
    this.tty(fd).tty.resize(size)
  }
  setControllingTty(fd: number): void {
    const { tty } = this.tty(fd)
    if (this.task.session.leader !== this.task || (tty.session && tty.session !== this.task.session)) throw new Errno('EPERM')
    this.task.session.tty = tty
    tty.session = this.task.session
    tty.foreground = this.task.group
  }
  openPty(size: WindowSize = { cols: 80, rows: 24 }): { master: number; slave: number; path: string } {
    const at = resolve(this.task, '/dev/pts')
    const { fs } = at.mount
    if (!(fs instanceof DevptsFs)) throw new Errno('ENODEV')
    const tty = fs.create(size, this.task.credentials.fsuid, null)
    const inode = fs.root.lookup(String(tty.index))
    const ptmx = fs.root.lookup('ptmx')
    if (!inode || !ptmx) throw new Errno('ENODEV')
    const master = this.install(new PtyMaster(tty, { mount: at.mount, inode: ptmx, parent: at, name: 'ptmx' }, { read: true, write: true }, () => fs.drop(tty)))
    const slave = this.install(new TtyFile(tty, { mount: at.mount, inode, parent: at, name: String(tty.index) }, { read: true, write: true, noCtty: true }))
    return { master, slave, path: `/dev/pts/${tty.index}` }
  }
}
