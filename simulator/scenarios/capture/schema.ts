/** What a capture of a real node holds (the recordings' README tells how it was made). What other loaders read stays unknown here. */
import * as z from 'zod/mini'

const text = z.string()
const lines = z.array(z.string())
/** A zombie has no memory, mounts or program any more, and a kernel thread never had: reading these fails there. */
const often = z.pipe(z.nullish(text), z.transform((value) => value ?? ''))

/** What could be read of a directory of links. */
const held = (links: Readonly<Record<string, string | null>>): Record<string, string> =>
  Object.fromEntries(Object.entries(links).flatMap(([name, target]): [string, string][] => (target === null ? [] : [[name, target]])))

export const CapturedProcess = z.object({
  pid: z.number(),
  cmdline: lines,
  stat: text,
  status: text,
  statm: text,
  comm: text,
  cgroup: text,
  limits: text,
  mountinfo: often,
  oom_score_adj: text,
  loginuid: text,
  sessionid: text,
  wchan: often,
  io: text,
  schedstat: text,
  environ: z.optional(lines),
  ns: z.pipe(z.nullish(z.record(z.string(), z.nullable(text))), z.transform((ns) => held(ns ?? {}))),
  exe: often,
  cwd: often,
  root: often,
  fd: z.pipe(z.nullish(z.record(z.string(), z.nullable(text))), z.transform((fd) => held(fd ?? {}))),
  'net/dev': z.optional(text),
  'net/tcp': z.optional(text),
})
export type CapturedProcess = z.infer<typeof CapturedProcess>

export const Capture = z.object({
  recorded_at: z.number(),
  versions: z.record(z.string(), text),
  hostname: text,
  files: z.record(z.string(), text),
  processes: z.array(CapturedProcess),
  containerd: z.unknown(),
  cri: z.unknown(),
  runc: z.unknown(),
  network: z.unknown(),
  lsns: z.unknown(),
  cgroups: text,
  tree: z.record(z.string(), text),
  rootfs: z.record(z.string(), text),
})
export type Capture = z.infer<typeof Capture>

/** Parses a capture; says where it is not one. */
export function parseCapture(value: unknown): Capture {
  const result = z.safeParse(Capture, value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new Error(`not a capture: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it has another shape'}`)
}

/** True when a parsed JSON file is a capture rather than a written scenario. */
export const looksLikeCapture = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'recorded_at' in value && 'processes' in value
