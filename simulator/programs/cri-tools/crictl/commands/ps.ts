/** crictl ps: list containers, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { bool, int, string, strings } from '../../../urfave/flag'
import { connect, filterLog, imageLog, within } from '../client'
import { quote } from '../../../go/strconv'
import { ownCrictl } from '../releases'
import { ago, checkTable, containerMessage, imageFields, labelFilter, labelLines, matches, latest, newestFirst, shortId, showMessage, table, title } from '../show'
import { logStamp } from '../../../go/time'
import type { ContainerState } from '../../../../containerd/cri/services'
import { containerFilterText, toldContainers, toldImageStatus } from '../told'

export default command({
  name: 'ps',
  usage: 'List containers',
  flags: [
    bool('all, a', 'Show all containers'),
    string('id', 'Filter by container id'),
    string('image', 'Filter by container image'),
    strings('label', 'Filter by key=value label'),
    int('last, n', 'Show last n recently created containers (includes all states). Set 0 for unlimited.'),
    bool('latest, l', 'Show the most recently created container (includes all states)'),
    string('name', 'filter by container name regular expression pattern'),
    bool('no-trunc', 'Show output without truncating the ID'),
    string('output, o', 'Output format, One of: json|yaml|table', { value: 'table' }),
    string('pod, p', 'Filter by pod id'),
    bool('quiet, q', 'Only display container IDs'),
    bool('resolve-image-path, r', 'Show image path instead of image id'),
    string('state, s', 'Filter by container state'),
    bool('verbose, v', 'Show verbose information for containers'),
  ],
  shortOptions: 'joined',
  *run(context) {
    const cri = yield* connect(context, 'runtime', 'image')
    const given = context.string('state').toLowerCase()
    if (given !== '' && !(given in STATES)) {
      context.io.err(`${logStamp(context.sys.now())} --state should be one of created, running, exited or unknown\n`)
      return 1
    }
    const isRecent = context.bool('latest') || context.number('last') > 0
    const state = isRecent ? undefined : given !== '' ? STATES[given] : context.bool('all') ? undefined : 'CONTAINER_RUNNING'
    const id = context.string('id')
    const pod = context.string('pod')
    const filter = { id: id || undefined, podSandboxId: pod || undefined, state, labels: labelFilter(context.strings('label')) }
    const all = yield* within('listing containers', () => cri.call((s) => s.runtime.listContainers(filter), filterLog(390, 'ListContainers', containerFilterText(filter)), toldContainers))
    const named = newestFirst(all.filter((c) => matches(context.string('name'), c.metadata.name)))
    const containers = latest(context, named)
    const more = imageFields(yield* ownCrictl(context.sys))
    if (showMessage(context, { containers: containers.map((c) => containerMessage(c, more)) }) === 'shown') return
    checkTable(context, 'listing containers')
    const imageOf = function* (image: string) {
      return (yield* cri.call((s) => s.image.imageStatus(image), imageLog(140, 'Get ImageStatus from image service failed', { image: quote(image) }), toldImageStatus(image, { verbose: false }))).image
    }
    const wanted = context.string('image')
    const hasImage = function* (image: string) {
      const [asked, own] = [yield* imageOf(wanted), yield* imageOf(image)]
      return asked !== null && asked.id === own?.id
    }
    const rows: string[][] = []
    for (const c of containers) {
      if (wanted !== '' && !(yield* within('listing containers: check image match', () => hasImage(c.image.image)))) continue
      if (context.bool('quiet')) {
        context.io.out(`${c.id}\n`)
        continue
      }
      if (context.bool('verbose')) {
        context.io.out(
          `ID: ${c.id}\nPodID: ${c.podSandboxId}\nName: ${c.metadata.name}\nAttempt: ${c.metadata.attempt}\nState: ${title(c.state)}\nImage: ${c.image.image}\n` +
            `Created: ${ago(context, c.createdAt)}\n${labelLines('Labels', c.labels)}${labelLines('Annotations', c.annotations)}\n`,
        )
        continue
      }
      const cut = (text: string): string => (context.bool('no-trunc') ? text : shortId(text))
      let image = c.image.image.startsWith('sha256:') ? cut(c.image.image) : c.image.image
      if (context.bool('resolve-image-path')) image = (yield* imageOf(image))?.repoTags[0] ?? image
      const podName = c.labels['io.kubernetes.pod.name'] ?? 'unknown'
      rows.push([cut(c.id), image, ago(context, c.createdAt), title(c.state), c.metadata.name, String(c.metadata.attempt), cut(c.podSandboxId), podName])
    }
    if (!context.bool('quiet') && !context.bool('verbose')) {
      context.io.out(table([['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD'], ...rows]))
    }
  },
})

const STATES: Readonly<Record<string, ContainerState>> = {
  created: 'CONTAINER_CREATED', running: 'CONTAINER_RUNNING', exited: 'CONTAINER_EXITED', unknown: 'CONTAINER_UNKNOWN',
}
