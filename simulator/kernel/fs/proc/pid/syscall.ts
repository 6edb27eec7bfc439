/** The system call that a task is in; its arguments are not known here and shown as 0 (proc(5)). */
import { file } from '../entry'
import { layoutOf } from '../task'

const NUMBER_OF: Readonly<Record<string, number>> = {
  do_wait: 61, inet_csk_accept: 43, __do_sys_pause: 34, hrtimer_nanosleep: 230, futex_do_wait: 202, pipe_read: 0, anon_pipe_read: 0,
  'poll_schedule_timeout.constprop.0': 270, do_epoll_wait: 232, ep_poll: 232, wait_woken: 0,
}

export default file(
  (task) => {
    const number = NUMBER_OF[task.wchan]
    if (task.state === 'R' || number === undefined) return 'running\n'
    const at = layoutOf(task)
    const stack = BigInt(at.startstack) - 152n
    return `${number} 0x0 0x0 0x0 0x0 0x0 0x0 0x${stack.toString(16)} 0x${BigInt(at.startcode).toString(16)}\n`
  },
  { mode: 0o400 },
)
