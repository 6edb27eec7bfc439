/** kube-controller-manager: keeps what its controllers look after (simulator/kubernetes/controllers). */
import { persistentClient } from '../../../kubernetes/api/client'
import { runController } from '../../../kubernetes/controllers/controller'
import { daemonSets } from '../../../kubernetes/controllers/daemonset'
import { deployments } from '../../../kubernetes/controllers/deployment'
import { garbage } from '../../../kubernetes/controllers/garbage'
import { jobs } from '../../../kubernetes/controllers/job'
import { watchNamespaces } from '../../../kubernetes/controllers/namespace'
import { watchNodes } from '../../../kubernetes/controllers/node-lifecycle'
import { replicaSets } from '../../../kubernetes/controllers/replicaset'
import { program } from '../../program'

export default program({
  threads: 9,
  paths: ['/usr/local/bin/kube-controller-manager'],
  summary: 'the controllers of the control plane',
  *run({ sys }) {
    const call = persistentClient(sys, '127.0.0.1', 'kube-controller-manager')
    for (const controller of [deployments, replicaSets, daemonSets, jobs, garbage]) sys.go(runController(call, controller))
    sys.go(watchNamespaces(sys, call))
    yield* watchNodes(sys, call)
  },
})
