/** /proc/tty: terminal drivers by device number; ps names terminals by it (proc(5)). */
import { folder, systemFile } from '../entry'

const DRIVERS: readonly (readonly [name: string, device: string, major: number, minors: string, kind: string])[] = [
  ['/dev/tty', '/dev/tty', 5, '      0', 'system:/dev/tty'], ['/dev/console', '/dev/console', 5, '      1', 'system:console'],
  ['/dev/ptmx', '/dev/ptmx', 5, '      2', 'system'], ['hvc', '/dev/hvc', 229, '0-7', 'system'],
  ['pty_slave', '/dev/pts', 136, '0-1048575', 'pty:slave'], ['pty_master', '/dev/ptm', 128, '0-1048575', 'pty:master'],
]

export default folder({
  drivers: systemFile(() => DRIVERS.map(([name, device, major, minors, kind]) => `${name.padEnd(20)} ${device.padEnd(12)} ${String(major).padStart(3)} ${minors} ${kind}\n`).join('')),
  ldiscs: systemFile(() => 'n_tty       0\n'),
  driver: folder<null>({}),
  ldisc: folder<null>({}),
})
