/** crictl metricsp: list pod metrics, as crictl 1.29.0 has it. containerd up to 1.7 has none; what later ones tell is not simulated. */
import { command } from '../../../urfave/command'
import { bool, string } from '../../../urfave/flag'
import { connect, plainLog, within } from '../client'

export default command({
  name: 'metricsp',
  usage: "List pod metrics. Metrics are unstructured key/value pairs gathered by CRI meant to replace cAdvisor's /metrics/cadvisor endpoint.",
  flags: [
    string('output, o', 'Output format, One of: json|yaml'),
    bool('watch, w', 'Watch pod metrics'),
  ],
  *run(context) {
    if (!['', 'json', 'yaml'].includes(context.string('output'))) return context.showHelp()
    const cri = yield* connect(context)
    yield* within('get pod metrics: list pod sandbox metrics', () => cri.call((s) => s.runtime.listPodSandboxMetrics(), plainLog(859, 'ListPodSandboxMetrics')))
    return context.refuse('metricsp')
  },
})
