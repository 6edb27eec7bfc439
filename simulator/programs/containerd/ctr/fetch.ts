/** Brings an image from its registry, with a display of how far it is (cmd/ctr/commands/content/fetch.go). */
import { type Client, labelArgs } from './client'
import { withLease } from './lease'
import { Display, type Shows, type Transfer } from './transfer'
import { ownRelease } from '../../../containerd/release'
import { digestOf } from '../../../containerd/digest'
import { isGrpc } from '../../../containerd/grpc'
import { countManifest, type Credentials, RegistryError, resolve, sourceLabel } from '../../../containerd/registry/resolve'
import type { Descriptor } from '../../../containerd/oci/types'
import type { Image, Labels } from '../../../containerd/services'
import type { Run } from '../../../kernel/run'
import { logrus } from '../../go/logrus'
import { type Context, Failure } from '../../urfave/context'

/** reference.Parse: a host, a path and a tag or digest. */
export function checkReference(ref: string, sentence = `failed to resolve reference "${ref}": `): void {
  const fail = (why: string): never => {
    throw new Failure(`${sentence}${why}`)
  }
  const [host = '', ...path] = ref.split('/')
  const port = /:([^/]*)$/.exec(host)?.[1]
  if (port !== undefined && !/^\d*$/.test(port)) fail(`parse "dummy://${ref}": invalid port ":${port}" after host`)
  if (host === '') fail('hostname required')
  if (path.length === 0 || !/[:@]/.test(path.at(-1) ?? '')) fail('object required')
}

const TICK_NS = 100_000_000
const RESOLVE_NS = 80_000_000
/** A registry nearby: 50 MB/s. */
const NS_PER_BYTE = 20

/** How an image is brought: what shows it, and how a registry's refusal is told. */
export interface Way {
  readonly display: Shows
  told<T>(what: 'resolve' | 'fetch', work: () => Run<T>): Run<T>
  /** The image is known, its blobs come next. */
  found?(target: Descriptor, transfers: readonly Transfer[]): Run
}

/** By the client itself. */
export const byClient = (context: Context, ref: string): Way => ({
  display: new Display(context.io),
  told: (what, work) => told(context, what === 'resolve' ? `failed to resolve reference "${ref}": ` : '', work),
})

/** Resolves the reference in its registry, brings what the store lacks, and names the image. */
export const fetchImage = (context: Context, client: Client, ref: string, way = byClient(context, ref)): Run<Image> => withLease(client, () => fetched(context, client, ref, way))

function* fetched(context: Context, client: Client, ref: string, way: Way): Run<Image> {
  const { sys, io } = context
  const { display } = way
  const first: Transfer = { ref, status: 'resolving', offset: 0, total: 0 }
  const transfers: Transfer[] = [first]
  yield* sys.sleep(RESOLVE_NS)
  const found = yield* way.told('resolve', () => resolve(sys, ref, credentialsOf(context)))
  first.status = 'resolved'
  const target = { mediaType: found.manifest.mediaType ?? '', digest: digestOf(found.manifestBytes), size: found.manifestBytes.length }
  const source = sourceLabel(ref)
  if (!(yield* isHere(client, target.digest))) {
    yield* way.told('fetch', function* () {
      countManifest(sys, ref, target.digest)
    })
  }
  const references = Object.fromEntries(found.manifest.layers.map((l, i): [string, string] => [`containerd.io/gc.ref.content.l.${i}`, l.digest]))
  const blobs: readonly { readonly kind: string; readonly bytes: Uint8Array; readonly labels: Labels }[] = [
    { kind: 'manifest', bytes: found.manifestBytes, labels: { 'containerd.io/gc.ref.content.config': found.manifest.config.digest, ...references, ...source } },
    ...found.layers.map((bytes) => ({ kind: 'layer', bytes, labels: source })),
    { kind: 'config', bytes: found.configBytes, labels: source },
  ]
  const work = blobs.map(({ kind, bytes, labels }) => ({ bytes, labels, transfer: { ref: `${kind}-${digestOf(bytes)}`, status: 'waiting', offset: 0, total: bytes.length } satisfies Transfer as Transfer }))
  transfers.push(...work.map((w) => w.transfer))
  if (way.found) yield* way.found(target, transfers)
  let next = sys.monotonic() + TICK_NS - RESOLVE_NS
  for (const { bytes, labels, transfer } of work) {
    if (yield* isHere(client, digestOf(bytes))) {
      transfer.status = 'exists'
      continue
    }
    transfer.status = 'downloading'
    const begun = sys.monotonic()
    const end = begun + bytes.length * NS_PER_BYTE
    while (sys.monotonic() < end) {
      yield* sys.sleep(Math.min(end, next) - sys.monotonic())
      transfer.offset = Math.min(bytes.length, Math.trunc((sys.monotonic() - begun) / NS_PER_BYTE))
      if (sys.monotonic() < next) continue
      display.show(transfers)
      yield* io.flush()
      next += TICK_NS
    }
    transfer.offset = bytes.length
    yield* client.call((s, ns) => s.content.write(ns, { ref: transfer.ref, bytes, labels }))
    transfer.status = 'done'
  }
  if (sys.monotonic() < next) yield* sys.sleep(next - sys.monotonic())
  display.show(transfers)
  const labels = labelArgs(context.strings('label'))
  return yield* client.call(function* (s, ns) {
    try {
      return yield* s.images.create(ns, { name: ref, labels, target })
    } catch (error) {
      if (!isGrpc(error, 'AlreadyExists')) throw error
      return yield* s.images.update(ns, { name: ref, labels, target }, ['target', ...Object.keys(labels).map((key) => `labels.${key}`)])
    }
  })
}

function* isHere(client: Client, digest: string): Run<boolean> {
  try {
    yield* client.call((s, ns) => s.content.info(ns, digest))
    return true
  } catch (error) {
    if (!isGrpc(error, 'NotFound')) throw error
    return false
  }
}

/** There is no next host, as the resolver of 2.x knows. */
const since2 = (message: string): string =>
  message.replace('trying next host', 'fetch failed').replace(/ - response was http\.Status(\w+)$/, (_, name: string) => ` after status: ${HTTP[name] ?? name}`)
const HTTP: Readonly<Record<string, string>> = { NotFound: '404 Not Found', TooManyRequests: '429 Too Many Requests', Unauthorized: '401 Unauthorized', Forbidden: '403 Forbidden' }

/** What a registry says is logged by the resolver, and ends the command. */
export function* told<T>({ sys, io }: Context, sentence: string, work: () => Run<T>): Run<T> {
  try {
    return yield* work()
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    if (error.told) {
      const { host, message, error: why } = error.told
      const { line } = yield* ownRelease(sys)
      io.err(logrus(sys, 'info', line === '2' ? since2(message) : message, { fields: { ...(why === undefined ? {} : { error: why }), host } }))
    }
    throw new Failure(`${sentence}${error.message}`)
  }
}

export function credentialsOf(context: Context): Credentials | undefined {
  const user = context.string('user')
  if (user === '') return undefined
  const [username = '', ...password] = user.split(':')
  return { username, password: password.join(':') }
}
