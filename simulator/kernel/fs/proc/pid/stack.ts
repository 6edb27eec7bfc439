/** /proc/PID/stack: the kernel functions that a sleeping task is in (proc(5)), which follow from the one that it waits in. For who may trace only. */
import { Errno } from '../../../errno'
import { file } from '../entry'
import { mayTrace } from '../task'

/** From the function that waits down to the system call. */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  __do_sys_pause: ['__do_sys_pause+0x2a/0x50'],
  anon_pipe_read: ['anon_pipe_read+0x366/0x410', 'vfs_read+0x32c/0x360', 'ksys_read+0xba/0xe0'],
  do_epoll_wait: ['do_epoll_wait+0x4dd/0x8a0', '__x64_sys_epoll_wait+0x68/0x110'],
  anon_pipe_write: ['anon_pipe_write+0x45c/0x6b0', 'vfs_write+0x3b8/0x450', 'ksys_write+0xba/0xe0'],
  do_wait: ['do_wait+0x53/0x120', 'kernel_wait4+0x9c/0x140'],
  futex_do_wait: ['futex_do_wait+0x46/0x90', '__futex_wait+0x8a/0x100', 'futex_wait+0x67/0x120', 'do_futex+0xfd/0x250', '__x64_sys_futex+0x112/0x210'],
  hrtimer_nanosleep: ['hrtimer_nanosleep+0x74/0xf0', 'common_nsleep+0x30/0x60', '__x64_sys_clock_nanosleep+0xce/0x140'],
  inet_csk_accept: ['inet_csk_accept+0x28b/0x330', 'inet_accept+0x30/0x80', 'do_accept+0xe9/0x180', '__sys_accept4+0x5e/0xa0', '__x64_sys_accept+0x18/0x30'],
  'poll_schedule_timeout.constprop.0': ['poll_schedule_timeout.constprop.0+0x37/0x90', 'do_select+0x63a/0x930', 'core_sys_select+0x275/0x4a0', 'do_pselect.constprop.0+0xc5/0x180', '__x64_sys_pselect6+0x46/0xa0'],
  wait_woken: ['wait_woken+0x60/0x70', 'n_tty_read+0x57a/0x690', 'tty_read+0x13d/0x2a0', 'vfs_read+0x2c6/0x360', 'ksys_read+0x6f/0xe0'],
}
const SYSTEM_CALL = ['do_syscall_64+0x71/0x280', 'entry_SYSCALL_64_after_hwframe+0x76/0x7e']

export default file(
  (task, look) => {
    if (!mayTrace(task, look)) throw new Errno('EPERM')
    if (task.state === 'R' || task.wchan === '0') return ''
    return [...(CALLS[task.wchan] ?? [task.wchan]), ...SYSTEM_CALL].map((call) => `[<0>] ${call}\n`).join('')
  },
  { mode: 0o400 },
)
