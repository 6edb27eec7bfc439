/** docker images (cli/command/image/list.go, formatter/image.go). */
import { partsOf } from '../../../../../docker/images/reference'
import type { ImageSummary } from '../../../../../docker/types'
import { humanSize } from '../../../../go/units'
import { command, filtersOf } from '../../command'
import { ago, stamp, truncated } from '../../tables'
import { formatted, type Row } from '../../templates'

const COLUMNS = 'table {{.Repository}}\\t{{.Tag}}\\t{{.ID}}\\t{{if .CreatedSince }}{{.CreatedSince}}{{else}}N/A{{end}}\\t{{.Size}}'
const WITH_DIGESTS = 'table {{.Repository}}\\t{{.Tag}}\\t{{.Digest}}\\t{{.ID}}\\t{{if .CreatedSince }}{{.CreatedSince}}{{else}}N/A{{end}}\\t{{.Size}}'
const HEADINGS: Row = {
  ID: 'IMAGE ID', Repository: 'REPOSITORY', Tag: 'TAG', Digest: 'DIGEST', CreatedSince: 'CREATED', CreatedAt: 'CREATED AT', Size: 'SIZE', Containers: 'CONTAINERS', VirtualSize: 'SIZE', SharedSize: 'SHARED SIZE', UniqueSize: 'UNIQUE SIZE',
}

export default command({
  flags: ['all', 'digests', 'filter', 'format', 'no-trunc', 'quiet'],
  *run(context) {
    const { io, flags, args: [reference] } = context
    const filters = filtersOf(context)
    if (reference !== undefined) filters.reference = [reference]
    const images = yield* context.call((docker) => docker.images.list({ all: flags.is('all') ? 'all' : 'named', filters }))
    const given = flags.text('format')
    const isPlain = given === undefined || given === 'table'
    const format = flags.is('quiet') && isPlain ? '{{.ID}}' : isPlain ? (flags.is('digests') ? WITH_DIGESTS : COLUMNS) : given
    const digests = flags.is('digests') || /\.Digest\b/.test(format) ? 'shown' : 'hidden'
    const { sec } = io.sys.now()
    const rows = images.flatMap((image) => rowsOf(image, digests).map((names) => shown(image, names, sec, flags.is('no-trunc') ? 'whole' : 'short')))
    io.out(formatted(format, { type: '*formatter.imageContext', headings: HEADINGS }, flags.is('quiet') && isPlain ? unique(rows) : rows))
  },
})

const unique = (rows: readonly Row[]): Row[] => rows.filter((row, i) => rows.findIndex(({ ID }) => ID === row.ID) === i)

interface Names {
  readonly repository: string
  readonly tag: string
  readonly digest: string
}

const NONE = '<none>'

/** A row for each name; with digests, for each of those too. */
export function rowsOf({ RepoTags, RepoDigests }: ImageSummary, digests: 'shown' | 'hidden'): Names[] {
  if (RepoTags[0] === '<none>:<none>' && RepoDigests[0] === '<none>@<none>') return [{ repository: NONE, tag: NONE, digest: NONE }]
  const names = [...RepoTags, ...RepoDigests].map(partsOf)
  return [...new Set(names.map(({ repository }) => repository))].flatMap((repository) => {
    const own = names.filter((name) => name.repository === repository)
    const tags = own.filter(({ tag }) => tag !== '').map(({ tag }) => tag)
    const known = own.filter(({ digest }) => digest !== '').map(({ digest }) => digest)
    if (digests === 'hidden') return (tags.length > 0 ? tags : [NONE]).map((tag) => ({ repository, tag, digest: NONE }))
    return (tags.length > 0 ? tags : [NONE]).flatMap((tag) => (known.length > 0 ? known : [NONE]).map((digest) => ({ repository, tag, digest })))
  })
}

function shown(image: ImageSummary, { repository, tag, digest }: Names, now: number, form: 'whole' | 'short'): Row {
  const size = humanSize(image.Size, 3)
  const orUnknown = (value: number): string => (value < 0 ? 'N/A' : humanSize(value, 3))
  return {
    ID: form === 'short' ? truncated(image.Id) : image.Id, Repository: repository, Tag: tag, Digest: digest, CreatedSince: ago(now, image.Created), CreatedAt: stamp(image.Created), Size: size,
    Containers: image.Containers < 0 ? 'N/A' : String(image.Containers), VirtualSize: size, SharedSize: orUnknown(image.SharedSize), UniqueSize: image.SharedSize < 0 ? 'N/A' : humanSize(image.Size - image.SharedSize, 3),
  }
}
