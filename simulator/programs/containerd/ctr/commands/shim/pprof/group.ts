/** ctr shim pprof: provide golang pprof outputs for containerd-shim, as ctr 2.2.0 has it. */
import { group } from '../../../../../urfave/command'

export default group({ name: 'pprof', usage: 'Provide golang pprof outputs for containerd-shim', commands: ['block', 'goroutines', 'heap', 'profile', 'threadcreate', 'trace'] })
