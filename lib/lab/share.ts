/**
 * A session as text: in the fragment of a link (compressed; a fragment is never sent to a server), in the browser's store, as an asciicast.
 * Read through a schema: a link may come from anyone.
 */
import * as z from 'zod/mini'
import type { Shown } from './client'
import type { Entry, Recording } from './protocol'

const Size = z.int().check(z.gte(1), z.lte(1000))
const Id = z.int().check(z.gte(0), z.lte(99))
const Input = z.union([
  z.tuple([z.literal('i'), Id, z.string()]),
  z.tuple([z.literal('r'), Id, Size, Size]),
  z.tuple([z.literal('o'), Id, z.string(), Size, Size]),
  z.tuple([z.literal('c'), Id]),
  z.tuple([z.literal('x'), z.string(), z.string()]),
])
const MOST_ENTRIES = 100_000
const Stored = z.object({
  version: z.literal(1),
  /** A lesson's slug and section, or a scenario of the playground. */
  lesson: z.optional(z.string()),
  section: z.optional(z.string()),
  scenario: z.string(),
  build: z.string(),
  cols: Size,
  rows: Size,
  entries: z.array(z.tuple([z.number(), z.number(), Input])).check(z.maxLength(MOST_ENTRIES)),
})
/** The same for a link, where each byte counts: steps and times as differences, each in a row of its own, and keys at the first terminal as they are. Less than half as long. */
const { entries: _, ...place } = Stored.shape
const Linked = z.object({
  ...place,
  version: z.literal(2),
  steps: z.array(z.number()).check(z.maxLength(MOST_ENTRIES)),
  ns: z.array(z.number()),
  inputs: z.array(z.union([z.string(), Input])),
})

export interface SharedSession {
  readonly lesson?: string | undefined
  readonly section?: string | undefined
  readonly scenario: string
  readonly recording: Recording
}

export const PREFIX = '#session='
/** Beyond this a link is no longer handled everywhere. */
export const LONGEST_LINK = 30_000

const plain = ({ lesson, section, scenario, recording }: SharedSession): z.infer<typeof Stored> => ({
  version: 1,
  ...(lesson ? { lesson } : {}),
  ...(section ? { section } : {}),
  scenario,
  build: recording.build,
  cols: recording.cols,
  rows: recording.rows,
  entries: recording.entries.map(([steps, ns, input]) => [steps, ns, [...input] as z.infer<typeof Input>]),
})

export function readSession(value: unknown): SharedSession | undefined {
  const result = z.safeParse(Stored, value)
  if (!result.success) return undefined
  const { lesson, section, scenario, build, cols, rows, entries } = result.data
  return { lesson, section, scenario, recording: { build, cols, rows, entries } }
}

function linked(session: SharedSession): z.infer<typeof Linked> {
  const { entries, ...rest } = plain(session)
  const between = (numbers: readonly number[]): number[] => numbers.map((n, i) => n - (numbers[i - 1] ?? 0))
  return { ...rest, version: 2, steps: between(entries.map(([steps]) => steps)), ns: between(entries.map(([, ns]) => ns)), inputs: entries.map(([, , input]) => (input[0] === 'i' && input[1] === 0 ? input[2] : input)) }
}

function unlinked(value: unknown): unknown {
  const result = z.safeParse(Linked, value)
  if (!result.success) return value
  const { steps, ns, inputs, ...rest } = result.data
  const sums = (numbers: readonly number[]): number[] => {
    let sum = 0
    return numbers.map((n) => (sum += n))
  }
  const times = sums(ns)
  const at = sums(steps)
  return { ...rest, version: 1, entries: inputs.map((input, i) => [at[i], times[i], typeof input === 'string' ? ['i', 0, input] : input]) }
}

export const storable = (session: SharedSession): unknown => plain(session)

async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer())
}

export async function toFragment(session: SharedSession): Promise<string> {
  const bytes = await through(new TextEncoder().encode(JSON.stringify(linked({ ...session, recording: { ...session.recording, entries: joined(session.recording.entries) } }))), new CompressionStream('deflate-raw'))
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return PREFIX + btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

export async function fromFragment(fragment: string): Promise<SharedSession | undefined> {
  if (!fragment.startsWith(PREFIX)) return undefined
  try {
    const text = atob(fragment.slice(PREFIX.length).replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0))
    return readSession(unlinked(JSON.parse(new TextDecoder().decode(await through(bytes, new DecompressionStream('deflate-raw'))))))
  } catch {
    return undefined
  }
}

/** Hidden checks at the end change nothing that is seen. */
function joined(entries: readonly Entry[]): readonly Entry[] {
  const last = entries.findLastIndex(([, , input]) => input[0] !== 'x')
  return entries.slice(0, last + 1)
}

/** asciicast v2 (docs.asciinema.org): a line with the first size and the date, then a line for each piece of output and each other size, in virtual seconds. */
export function toAsciicast(shown: readonly Shown[], { terminal, cols, rows, title }: { terminal: number; cols: number; rows: number; title: string }): string {
  const mine = shown.filter((s) => s.terminal === terminal)
  const first = mine.find((s) => s.at > 0)?.at ?? 0
  const head = { version: 2, width: cols, height: rows, timestamp: Math.floor(first / 1000), title, env: { SHELL: '/bin/bash', TERM: 'xterm-256color' } }
  const lines = mine.map(({ at, text, size }) => JSON.stringify([Math.max(0, Math.round((at - first) * 1000) / 1e6), ...(size ? ['r', size.join('x')] : ['o', text])]))
  return `${[JSON.stringify(head), ...lines].join('\n')}\n`
}
