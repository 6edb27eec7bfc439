/** Events that come from outside as messages (containerd.services.events.v1.PublishRequest): the message that an Any holds, by its type (api/events/*.proto, typeurl). */
import { decode } from '../kernel/bytes'
import { toBase64 } from '../kernel/base64'
import { GrpcError, notFound } from './grpc'
import { type WireField, type WireType, wireFields } from './protobuf'
import { rfc3339, ZERO_TIME } from './time'

export type EventMessage = Readonly<Record<string, unknown>>

interface Field {
  readonly name: string
  readonly wire: WireType
  read(field: WireField, before: unknown): unknown
}

const text = (name: string): Field => ({ name, wire: 'bytes', read: ({ bytes }) => decode(bytes) || undefined })
const number = (name: string): Field => ({ name, wire: 'varint', read: ({ value }) => value || undefined })
const flag = (name: string): Field => ({ name, wire: 'varint', read: ({ value }) => (value === 0 ? undefined : true) })
const message = (name: string, type: string): Field => ({ name, wire: 'bytes', read: ({ bytes }) => fieldsIn(bytes, type) })
const list = (name: string, type: string): Field => ({ name, wire: 'bytes', read: ({ bytes }, before) => [...(Array.isArray(before) ? before : []), fieldsIn(bytes, type)] })
const bytesOf = (name: string): Field => ({ name, wire: 'bytes', read: ({ bytes }) => (bytes.length === 0 ? undefined : toBase64(bytes)) })
const labels: Field = {
  name: 'labels', wire: 'bytes',
  read: ({ bytes }, before) => {
    const { key = '', value = '' }: { key?: unknown; value?: unknown } = fieldsIn(bytes, 'LabelsEntry')
    const all = { ...(typeof before === 'object' ? before : {}), [String(key)]: value }
    return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)))
  },
}
/** A time is never left out. */
const time = (name: string): Field => ({
  name, wire: 'bytes',
  read: ({ bytes }) => {
    const parts = wireFields(bytes, 'Timestamp')
    const of = (wanted: number): bigint => BigInt(parts.find((part) => part.number === wanted)?.value ?? 0)
    return rfc3339(of(1) * 1_000_000_000n + of(2))
  },
})

const PACKAGE = 'containerd.events.'

/** Fields by their numbers, from 1, in the order of the message. */
const MESSAGES: Readonly<Record<string, readonly Field[]>> = {
  ContainerCreate: [text('id'), text('image'), message('runtime', 'ContainerCreate_Runtime')],
  ContainerCreate_Runtime: [text('name'), message('options', 'Any')],
  ContainerUpdate: [text('id'), text('image'), labels, text('snapshot_key')],
  ContainerDelete: [text('id')],
  ContentDelete: [text('digest')],
  ImageCreate: [text('name'), labels],
  ImageUpdate: [text('name'), labels],
  ImageDelete: [text('name')],
  NamespaceCreate: [text('name'), labels],
  NamespaceUpdate: [text('name'), labels],
  NamespaceDelete: [text('name')],
  SnapshotPrepare: [text('key'), text('parent')],
  SnapshotCommit: [text('key'), text('name')],
  SnapshotRemove: [text('key')],
  TaskCreate: [text('container_id'), text('bundle'), list('rootfs', 'Mount'), message('io', 'TaskIO'), text('checkpoint'), number('pid')],
  TaskStart: [text('container_id'), number('pid')],
  TaskDelete: [text('container_id'), number('pid'), number('exit_status'), time('exited_at'), text('id')],
  TaskIO: [text('stdin'), text('stdout'), text('stderr'), flag('terminal')],
  TaskExit: [text('container_id'), text('id'), number('pid'), number('exit_status'), time('exited_at')],
  TaskOOM: [text('container_id')],
  TaskExecAdded: [text('container_id'), text('exec_id')],
  TaskExecStarted: [text('container_id'), text('exec_id'), number('pid')],
  TaskPaused: [text('container_id')],
  TaskResumed: [text('container_id')],
  TaskCheckpointed: [text('container_id'), text('checkpoint')],
}
/** What these are made of. */
const PARTS: Readonly<Record<string, readonly Field[]>> = {
  Any: [text('type_url'), bytesOf('value')],
  LabelsEntry: [text('key'), text('value')],
  Mount: [text('type'), text('source'), text('target'), { name: 'options', wire: 'bytes', read: ({ bytes }, before) => [...(Array.isArray(before) ? before : []), decode(bytes)] }],
}

/** Words that Go names its fields with: `exited_at` is ExitedAt. */
const goName = (name: string): string => name.split('_').map((part) => (part === 'id' || part === 'io' ? part.toUpperCase() : part.charAt(0).toUpperCase() + part.slice(1))).join('')

const WIRE_NUMBERS: Readonly<Record<WireType, number>> = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 }

function fieldsIn(bytes: Uint8Array, name: string): Record<string, unknown> {
  const fields = MESSAGES[name] ?? PARTS[name] ?? []
  const found = new Map<string, unknown>()
  for (const given of wireFields(bytes, name)) {
    const field = fields[given.number - 1]
    if (!field) continue
    if (given.wire !== field.wire) throw new GrpcError('Unknown', `proto: wrong wireType = ${WIRE_NUMBERS[given.wire]} for field ${goName(field.name)}`)
    found.set(field.name, field.read(given, found.get(field.name)))
  }
  if (fields.some((field) => field.name === 'exited_at') && !found.has('exited_at')) found.set('exited_at', ZERO_TIME)
  return Object.fromEntries(fields.filter((field) => found.get(field.name) !== undefined).map((field) => [field.name, found.get(field.name)]))
}

/** typeurl.UnmarshalAny, of the types that ctr knows. */
export function eventIn(type: string, bytes: Uint8Array): EventMessage {
  const name = type.startsWith(PACKAGE) ? type.slice(PACKAGE.length) : ''
  if (!(name in MESSAGES)) throw notFound(`type with url ${type}`)
  return fieldsIn(bytes, name)
}

/** google.protobuf.Any itself. */
export function anyIn(bytes: Uint8Array): { readonly type: string; readonly value: Uint8Array } {
  let type = ''
  let value: Uint8Array = new Uint8Array()
  for (const { number: at, wire, bytes: held } of wireFields(bytes, 'Any')) {
    if (at > 2) continue
    if (wire !== 'bytes') throw new GrpcError('Unknown', `proto: wrong wireType = ${WIRE_NUMBERS[wire]} for field ${at === 1 ? 'TypeUrl' : 'Value'}`)
    if (at === 1) type = decode(held)
    else value = held
  }
  return { type, value }
}
