/**
 * A container's terminal (libcontainer/console_linux.go): a pseudo-terminal of the container's own devpts, the slave as its standard
 * streams and bound at /dev/console. The master stays at MASTER_FD until the shim has taken a copy of it: a container's first process
 * waits to be started meanwhile and loses it with execve(2); what is exec'd runs at once, so it keeps its own.
 */
import type { Sys } from '../../kernel/sys'

/** Where runc's init leaves the master for whoever holds the console socket. */
export const MASTER_FD = 9

export function attachConsole(sys: Sys, who: 'init' | 'exec'): void {
  const { master, slave } = sys.openPty()
  sys.dup2(master, MASTER_FD)
  sys.setCloseOnExec(MASTER_FD, who === 'init')
  sys.close(master)
  for (const fd of [0, 1, 2]) sys.dup2(slave, fd)
  if (slave > 2) sys.close(slave)
  sys.setControllingTty(0)
}
