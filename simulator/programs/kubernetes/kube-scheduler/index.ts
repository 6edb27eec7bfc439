/** kube-scheduler: places pods on nodes (simulator/kubernetes/scheduler). */
import { persistentClient } from '../../../kubernetes/api/client'
import { runScheduler } from '../../../kubernetes/scheduler/scheduler'
import { program } from '../../program'

export default program({
  threads: 8,
  paths: ['/usr/local/bin/kube-scheduler'],
  summary: 'the scheduler of the control plane',
  *run(io) {
    yield* runScheduler(persistentClient(io.sys, '127.0.0.1', 'kube-scheduler'))
  },
})
