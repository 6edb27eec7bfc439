/** crictl pods: list pods, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { bool, int, string, strings } from '../../../urfave/flag'
import { connect, filterLog, within } from '../client'
import { ago, checkTable, labelFilter, labelLines, matches, latest, newestFirst, podMessage, shortId, showMessage, table, title } from '../show'
import { logStamp, timeString } from '../../../go/time'
import type { SandboxState } from '../../../../containerd/cri/services'
import { podFilterText, toldPods } from '../told'

export default command({
  name: 'pods',
  usage: 'List pods',
  flags: [
    string('id', 'filter by pod id'),
    strings('label', 'filter by key=value label'),
    int('last, n', 'Show last n recently created pods. Set 0 for unlimited'),
    bool('latest, l', 'Show the most recently created pod'),
    string('name', 'filter by pod name regular expression pattern'),
    string('namespace', 'filter by pod namespace regular expression pattern'),
    bool('no-trunc', 'Show output without truncating the ID'),
    string('output, o', 'Output format, One of: json|yaml|table', { value: 'table' }),
    bool('quiet, q', 'list only pod IDs'),
    string('state, s', 'filter by pod state'),
    bool('verbose, v', 'show verbose info for pods'),
  ],
  shortOptions: 'joined',
  *run(context) {
    const cri = yield* connect(context)
    const given = context.string('state').toLowerCase()
    if (given !== '' && given !== 'ready' && given !== 'notready') {
      context.io.err(`${logStamp(context.sys.now())} --state should be ready or notready\n`)
      return 1
    }
    const state: SandboxState | undefined = given === '' ? undefined : given === 'ready' ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY'
    const labels = labelFilter(context.strings('label'))
    const filter = { id: context.string('id') || undefined, state, labels }
    const all = yield* within('listing pod sandboxes', () => cri.call((s) => s.runtime.listPodSandbox(filter), filterLog(277, 'ListPodSandbox', podFilterText(filter)), toldPods(filter)))
    const pods = newestFirst(all.filter((p) => matches(context.string('name'), p.metadata.name) && matches(context.string('namespace'), p.metadata.namespace)))
    const shown = latest(context, pods)
    if (showMessage(context, { items: shown.map(podMessage) }) === 'shown') return
    checkTable(context, 'listing pod sandboxes')
    const rows: string[][] = []
    for (const pod of shown) {
      const runtime = pod.runtimeHandler || '(default)'
      if (context.bool('quiet')) context.io.out(`${pod.id}\n`)
      else if (context.bool('verbose')) {
        const { name, uid, namespace, attempt } = pod.metadata
        context.io.out(
          `ID: ${pod.id}\nName: ${name}\nUID: ${uid}\nNamespace: ${namespace}\n${attempt === 0 ? '' : `Attempt: ${attempt}\n`}` +
            `Status: ${title(pod.state)}\nCreated: ${timeString(pod.createdAt)}\n${labelLines('Labels', pod.labels)}${labelLines('Annotations', pod.annotations)}Runtime: ${runtime}\n\n`,
        )
      } else {
        const id = context.bool('no-trunc') ? pod.id : shortId(pod.id)
        rows.push([id, ago(context, pod.createdAt), title(pod.state), pod.metadata.name, pod.metadata.namespace, String(pod.metadata.attempt), runtime])
      }
    }
    if (!context.bool('quiet') && !context.bool('verbose')) context.io.out(table([['POD ID', 'CREATED', 'STATE', 'NAME', 'NAMESPACE', 'ATTEMPT', 'RUNTIME'], ...rows]))
  },
})
