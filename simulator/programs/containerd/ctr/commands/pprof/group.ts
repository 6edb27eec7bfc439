/** ctr pprof: provide golang pprof outputs for containerd, as ctr 1.6.20 has it. */
import { group } from '../../../../urfave/command'
import { string } from '../../../../urfave/flag'

export default group({
  name: 'pprof',
  usage: 'provide golang pprof outputs for containerd',
  flags: [
    string('debug-socket, d', "socket path for containerd's debug server", { value: '/run/containerd/debug.sock' }),
  ],
  commands: ['block', 'goroutines', 'heap', 'profile', 'threadcreate', 'trace'],
})
