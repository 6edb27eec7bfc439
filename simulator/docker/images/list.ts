/** Images as they are listed and shown (daemon/images/images.go, image_inspect.go, image_history.go). */
import type { Run } from '../../kernel/run'
import { invalid } from '../error'
import type { Filters, Shown } from '../services'
import type { HistoryRow, ImageSummary } from '../types'
import { matchesPattern, needImage } from './lookup'
import { type Image, type ImageStore, overlayPath } from './store'

const ACCEPTED = ['dangling', 'label', 'before', 'since', 'reference']
const secondsOf = (text: string | undefined): number => (text === undefined ? 0 : Math.floor(Date.parse(text) / 1000))

/** `used` counts the containers of an image. */
export function listImages(store: ImageStore, filters: Filters, options: { readonly shared?: 'counted'; used(id: string): number }): ImageSummary[] {
  const strange = Object.keys(filters).find((name) => !ACCEPTED.includes(name))
  if (strange !== undefined) throw invalid(`Invalid filter '${strange}'`)
  const moment = (name: string): number | undefined => (filters[name] ?? []).map((text) => secondsOf(needImage(store, text).config.created)).at(0)
  const [before, since] = [moment('before'), moment('since')]
  const dangling = filters.dangling?.[0]
  if (dangling !== undefined && !/^(true|false|1|0)$/.test(dangling)) throw invalid(`Invalid filter 'dangling=[${dangling}]'`)
  const rows: ImageSummary[] = []
  for (const { id, config } of store.images.values()) {
    const created = secondsOf(config.created)
    if ((before !== undefined && created >= before) || (since !== undefined && created <= since)) continue
    const labels = config.config?.Labels ?? null
    if (filters.label?.some((wanted) => !hasLabel(labels ?? {}, wanted))) continue
    const fits = (name: string): boolean => filters.reference?.some((pattern) => matchesPattern(pattern, name)) ?? true
    const tags = store.namesOf(id, 'tags').filter(fits)
    const digests = store.namesOf(id, 'digests').filter(fits)
    if (filters.reference && tags.length + digests.length === 0) continue
    const isDangling = tags.length + digests.length === 0
    if (dangling !== undefined && isDangling !== /^(true|1)$/.test(dangling)) continue
    rows.push({
      Id: id, ParentId: config.parent ?? '', RepoTags: isDangling ? ['<none>:<none>'] : tags, RepoDigests: isDangling ? ['<none>@<none>'] : digests, Created: created, Size: store.sizeOf(config),
      SharedSize: options.shared ? sharedSize(store, id) : -1, Labels: labels, Containers: options.shared ? options.used(id) : -1,
    })
  }
  return rows.sort((a, b) => b.Created - a.Created)
}

export function hasLabel(labels: Readonly<Record<string, string>>, wanted: string): boolean {
  const [key = '', value] = wanted.split(/=(.*)/s)
  return value === undefined ? key in labels : labels[key] === value
}

/** Of the image's layers, those that another image has too. */
function sharedSize(store: ImageStore, id: string): number {
  const others = new Set([...store.images.values()].filter((image) => image.id !== id).flatMap(({ config }) => store.layersOf(config).map(({ chain }) => chain)))
  const own = store.images.get(id)
  return own ? store.layersOf(own.config).filter(({ chain }) => others.has(chain)).reduce((sum, { size }) => sum + size, 0) : 0
}

const EMPTY_CONFIG = {
  Hostname: '', Domainname: '', User: '', AttachStdin: false, AttachStdout: false, AttachStderr: false, Tty: false, OpenStdin: false, StdinOnce: false, Env: null, Cmd: null, Image: '', Volumes: null, WorkingDir: '', Entrypoint: null,
  OnBuild: null, Labels: null,
}

function shownConfig(config: NonNullable<Image['config']['config']>): Shown {
  const { ExposedPorts, StopSignal, User = '', Env = null, Cmd = null, Volumes = null, WorkingDir = '', Entrypoint = null, Labels = null } = config
  return {
    Hostname: '', Domainname: '', User, AttachStdin: false, AttachStdout: false, AttachStderr: false, ...(ExposedPorts ? { ExposedPorts } : {}), Tty: false, OpenStdin: false, StdinOnce: false, Env, Cmd, Image: '', Volumes, WorkingDir,
    Entrypoint, OnBuild: null, Labels, ...(StopSignal ? { StopSignal } : {}),
  }
}

export function* inspectImage(store: ImageStore, name: string): Run<Shown> {
  const { id, config } = needImage(store, name)
  const layers = store.layersOf(config)
  const top = layers.at(-1)?.cacheId ?? ''
  const lower = layers.slice(0, -1).map(({ cacheId }) => overlayPath(cacheId, 'diff')).reverse()
  const size = store.sizeOf(config)
  return {
    Id: id, RepoTags: store.namesOf(id, 'tags'), RepoDigests: store.namesOf(id, 'digests'), Parent: config.parent ?? '', Comment: config.comment ?? config.history?.at(-1)?.comment ?? '', Created: config.created ?? '',
    Container: config.container ?? '', ContainerConfig: EMPTY_CONFIG, DockerVersion: config.docker_version ?? '', Author: config.author ?? '', Config: shownConfig(config.config ?? {}),
    Architecture: config.architecture, Os: config.os, Size: size, VirtualSize: size,
    GraphDriver: {
      Data: { ...(lower.length > 0 ? { LowerDir: lower.join(':') } : {}), MergedDir: overlayPath(top, 'merged'), UpperDir: overlayPath(top, 'diff'), WorkDir: overlayPath(top, 'work') },
      Name: 'overlay2',
    },
    RootFS: { Type: 'layers', Layers: config.rootfs.diff_ids }, Metadata: { LastTagTime: (yield* store.lastTagged(id)) ?? '0001-01-01T00:00:00Z' },
  }
}

/** The newest step first. Only the last has an id that is known. */
export function historyOf(store: ImageStore, name: string): HistoryRow[] {
  const { id, config } = needImage(store, name)
  const layers = store.layersOf(config)
  let at = 0
  const rows = (config.history ?? []).map((step): HistoryRow => ({
    Id: '<missing>', Created: secondsOf(step.created), CreatedBy: step.created_by ?? '', Tags: [], Size: step.empty_layer ? 0 : (layers[at++]?.size ?? 0), Comment: step.comment ?? '',
  }))
  const [first, ...rest] = rows.reverse()
  return first ? [{ ...first, Id: id, Tags: store.namesOf(id, 'tags') }, ...rest] : []
}

