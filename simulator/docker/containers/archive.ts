/** A container's files from outside (daemon/archive.go, changes.go, export.go, commit.go). */
import { clean } from '../../containerd/cri/mounts'
import { exists, kindOf } from '../../containerd/files'
import { changes as differences, WHITEOUT } from '../../containerd/services/changes'
import { unpack } from '../../containerd/services/diff'
import { readArchive, TarError, type TarEntry, writeTar } from '../../containerd/tar'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import type { Engine } from '../engine'
import { internal, invalid, notFound } from '../error'
import { makeImage } from '../images/archive'
import { familiarTag } from '../images/reference'
import { overlayPath } from '../images/store'
import type { Stored } from '../types'
import { logContainer } from './log'
import { withRoot } from './root'
import { pauseContainer, unpauseContainer } from './signal'

/** Where a path of the container lies on the node; binds and volumes have their own places, links are followed inside. */
function placeOf(sys: Sys, root: string, { MountPoints }: Stored, path: string, depth = 0): string {
  const full = clean(`/${path}`)
  const mount = [...MountPoints].sort((a, b) => b.Destination.length - a.Destination.length).find(({ Destination }) => full === Destination || full.startsWith(`${Destination}/`))
  if (mount) return mount.Source + full.slice(mount.Destination.length)
  let at = root
  for (const name of full.split('/').filter(Boolean)) {
    at = `${at}/${name}`
    const rest = full.slice(at.length - root.length)
    if (depth < 8 && rest !== '' && kindOf(sys, at) === 'link') {
      const target = sys.readlink(at)
      return placeOf(sys, root, { MountPoints } as Stored, `${target.startsWith('/') ? target : `${at.slice(root.length, at.lastIndexOf('/'))}/${target}`}${rest}`, depth + 1)
    }
  }
  return at
}

const missing = (id: string, path: string): Error => notFound(`Could not find the file ${path} in container ${id}`)

export function* archiveOf(engine: Engine, text: string, path: string): Run<{ readonly bytes: Uint8Array; readonly kind: 'dir' | 'other' }> {
  const { sys } = engine
  const container = engine.containers.find(text)
  return yield* withRoot(sys, container, function* (root) {
    const place = placeOf(sys, root, container, path)
    if (!exists(sys, place)) throw missing(text, path)
    const { kind, mode, uid, gid, mtime } = sys.lstat(place)
    const name = clean(`/${path}`).split('/').at(-1) || '/'
    const own: TarEntry = { name, kind: kind === 'sock' ? 'file' : kind, mode, uid, gid, mtime: mtime.sec, target: kind === 'link' ? sys.readlink(place) : '', rdev: 0, bytes: kind === 'file' ? yield* sys.readFile(place) : new Uint8Array() }
    const below = kind === 'dir' ? (yield* differences(sys, '/nowhere', place)).map((entry) => ({ ...entry, name: name === '/' ? entry.name : `${name}/${entry.name}` })) : []
    logContainer(engine, container, 'archive-path')
    return { bytes: writeTar(name === '/' ? below : [own, ...below], 'numbers'), kind: kind === 'dir' ? 'dir' : 'other' }
  })
}

export function* statPath(engine: Engine, text: string, path: string): Run<'dir' | 'other'> {
  const { sys } = engine
  const container = engine.containers.find(text)
  return yield* withRoot(sys, container, function* (root) {
    const place = placeOf(sys, root, container, path)
    if (!exists(sys, place)) throw missing(text, path)
    return sys.stat(place).kind === 'dir' ? 'dir' : 'other'
  })
}

export function* extractTo(engine: Engine, text: string, path: string, archive: Uint8Array): Run {
  const { sys } = engine
  const container = engine.containers.find(text)
  yield* withRoot(sys, container, function* (root) {
    const place = placeOf(sys, root, container, path)
    if (!exists(sys, place)) throw missing(text, path)
    if (sys.stat(place).kind !== 'dir') throw invalid('extraction point is not a directory')
    const old = sys.umask(0)
    try {
      for (const { entry } of readArchive(archive)) yield* unpack(sys, place, entry)
    } catch (error) {
      if (!(error instanceof TarError)) throw error
      throw internal(`Error processing tar file(exit status 1): ${error.message}`)
    } finally {
      sys.umask(old)
    }
    logContainer(engine, container, 'extract-to-dir')
  })
}

/** Numbers of what has become of a path. */
const KINDS = { changed: 0, added: 1, deleted: 2 } as const

/** What the upper directory has more or less than the layers below it; a directory that is changed has changed below it. */
export function* changesOf(engine: Engine, text: string): Run<{ readonly Kind: 0 | 1 | 2; readonly Path: string }[]> {
  const { sys } = engine
  const { MountID } = engine.containers.find(text)
  const lower = (yield* sys.readText(overlayPath(MountID, 'lower'))).split(':')
  const upper = overlayPath(MountID, 'diff')
  const found: { Kind: 0 | 1 | 2; Path: string }[] = []
  const walk = function* (directory: string): Run {
    for (const { name } of [...sys.readdir(upper + directory)].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = `${directory}/${name}`
      const { kind, rdev } = sys.lstat(upper + path)
      const wasThere = lower.some((below) => exists(sys, below + path))
      if (kind === 'chr' && rdev === 0) found.push({ Kind: KINDS.deleted, Path: path })
      else found.push({ Kind: wasThere ? KINDS.changed : KINDS.added, Path: path })
      if (kind === 'dir') yield* walk(path)
      if (sys.spend(2)) yield 'preempted'
    }
  }
  yield* walk('')
  return found
}

export function* exportOf(engine: Engine, text: string): Run<Uint8Array> {
  const { sys } = engine
  const container = engine.containers.find(text)
  const bytes = yield* withRoot(sys, container, function* (root) {
    return writeTar(yield* differences(sys, '/nowhere', root), 'numbers')
  })
  logContainer(engine, container, 'export')
  return bytes
}

interface CommitRequest {
  readonly repository: string
  readonly comment: string
  readonly author: string
  /** What its processes are meanwhile. */
  readonly pause: 'paused' | 'running'
}

/** The container's upper directory as one more layer. */
export function* commit(engine: Engine, text: string, { pause, ...request }: CommitRequest): Run<string> {
  const container = engine.containers.find(text)
  const { ID, State } = container
  if (pause === 'running' || !State.Running || State.Paused || State.Restarting) return yield* committed(engine, container, request)
  yield* pauseContainer(engine, ID)
  try {
    return yield* committed(engine, container, request)
  } finally {
    yield* unpauseContainer(engine, ID)
  }
}

function* committed(engine: Engine, container: Stored, { repository, comment, author }: Omit<CommitRequest, 'pause'>): Run<string> {
  const { sys, images } = engine
  const name = repository === '' ? '' : familiarTag(repository)
  const upper = overlayPath(container.MountID, 'diff')
  const entries = (yield* differences(sys, '/nowhere', upper)).map((entry): TarEntry => {
    if (entry.kind !== 'chr' || entry.rdev !== 0) return entry
    const cut = entry.name.lastIndexOf('/') + 1
    return { ...entry, kind: 'file', mode: 0, name: `${entry.name.slice(0, cut)}${WHITEOUT}${entry.name.slice(cut)}` }
  })
  const image = images.images.get(container.Image)
  const { User, ExposedPorts, Env, Entrypoint, Cmd, Volumes, WorkingDir, Labels, StopSignal } = container.Config
  const config = {
    ...(User ? { User } : {}), ...(ExposedPorts ? { ExposedPorts: { ...ExposedPorts } } : {}), ...(Env ? { Env: [...Env] } : {}), ...(Entrypoint ? { Entrypoint: [...Entrypoint] } : {}), ...(Cmd ? { Cmd: [...Cmd] } : {}),
    ...(Volumes ? { Volumes: { ...Volumes } } : {}), ...(WorkingDir ? { WorkingDir } : {}), ...(Labels && Object.keys(Labels).length > 0 ? { Labels: { ...Labels } } : {}), ...(StopSignal ? { StopSignal } : {}),
  }
  const id = yield* makeImage(sys, images, {
    archive: writeTar(entries, 'numbers'), below: image?.config.rootfs.diff_ids ?? [], name, config, history: image?.config.history ?? [], author,
    step: { created_by: [container.Path, ...container.Args].join(' '), ...(comment === '' ? {} : { comment }) },
  })
  logContainer(engine, container, 'commit', { comment, imageID: id, imageRef: name })
  return id
}

