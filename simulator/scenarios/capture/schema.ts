/** What a capture of a real node holds (the recordings' README tells how it was made). What other loaders read stays unknown here. */
import * as z from 'zod/mini'

const text = z.string()
const lines = z.array(z.string())

export const CapturedProcess = z.object({
  pid: z.number(),
  cmdline: lines,
  stat: text,
  status: text,
  statm: text,
  comm: text,
  cgroup: text,
  limits: text,
  mountinfo: text,
  oom_score_adj: text,
  loginuid: text,
  sessionid: text,
  wchan: text,
  io: text,
  schedstat: text,
  environ: z.optional(lines),
  ns: z.record(z.string(), text),
  exe: text,
  cwd: text,
  root: text,
  fd: z.record(z.string(), text),
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
