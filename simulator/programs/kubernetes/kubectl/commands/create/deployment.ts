/** kubectl create deployment (pkg/cmd/create/create_deployment.go). */
import { command, Refused } from '../../command'
import { makeOrShow, MAKING, newMeta, newObject, oneName } from '../../generated'

/** A container's name: the image's last part, without tag and digest; what no label may hold is changed, and five letters make it unique. */
function containerName(image: string, letters: () => string): string {
  const name = (image.split('/').at(-1) ?? '').replace(/[:@].*$/, '')
  return /[_.]/.test(name) ? `${name.replaceAll(/[_.]/g, '-')}-${letters()}` : name
}

/** Letters of generated names (apimachinery util/rand). */
const ALPHANUMS = 'bcdfghjklmnpqrstvwxz2456789'

export default command({
  flags: [...MAKING, 'image', 'replicas', 'port'],
  *run(context) {
    const { flags } = context
    const name = oneName(context)
    const command = flags.rest ?? []
    const images = flags.all('image').flatMap((text) => text.split(','))
    if (images.length > 1 && command.length > 0) throw new Refused('error: cannot specify multiple --image options and command')
    const replicas = flags.text('replicas') === undefined ? 1 : flags.number('replicas')
    if (replicas < 0) throw new Refused('error: cannot be negative')
    const port = flags.number('port')
    const letters = (): string => Array.from({ length: 5 }, () => ALPHANUMS[context.io.sys.random() % ALPHANUMS.length]).join('')
    const labels = { app: name }
    const containers = images.map((image) => ({ name: containerName(image, letters), image, ...(command.length > 0 ? { command: [...command] } : {}), ...(port > 0 ? { ports: [{ containerPort: port }] } : {}), resources: {} }))
    const template = { metadata: { creationTimestamp: null, labels }, spec: { containers } }
    return yield* makeOrShow(context, newObject('apps/v1', 'Deployment', newMeta(context, name, labels), { spec: { replicas, selector: { matchLabels: labels }, template, strategy: {} }, status: {} }), 'deployment')
  },
})
