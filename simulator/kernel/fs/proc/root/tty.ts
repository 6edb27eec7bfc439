/** /proc/tty: terminal drivers by device number; ps names terminals by it (proc(5)). */
import { folder, systemFile } from '../entry'

const DRIVERS: readonly (readonly [name: string, device: string, major: number, minors: string, kind: string])[] = [
  ['/dev/tty', '/dev/tty', 5, '      0', 'system:/dev/tty'], ['/dev/console', '/dev/console', 5, '      1', 'system:console'],
  ['/dev/ptmx', '/dev/ptmx', 5, '      2', 'system'], ['/dev/vc/0', '/dev/vc/0', 4, '      0', 'system:vtmaster'],
  ['serial', '/dev/ttyS', 4, '     64', 'serial'],
  ['pty_slave', '/dev/pts', 136, '0-1048575', 'pty:slave'], ['pty_master', '/dev/ptm', 128, '0-1048575', 'pty:master'],
  ['unknown', '/dev/tty', 4, '1-63', 'console'],
]

export default folder({
  drivers: systemFile(() => DRIVERS.map(([name, device, major, minors, kind]) => `${name.padEnd(20)} ${device.padEnd(12)} ${String(major).padStart(3)} ${minors} ${kind}\n`).join('')),
  ldiscs: systemFile(() => 'n_tty       0\nn_null     27\n'),
  driver: folder({ serial: systemFile(() => 'serinfo:1.0 driver revision:\n0: uart:16550A port:000003F8 irq:26 tx:0 rx:0 RTS|CTS|DTR|DSR|CD\n', { mode: 0o400 }) }, 0o500),
  ldisc: folder<null>({}),
})
