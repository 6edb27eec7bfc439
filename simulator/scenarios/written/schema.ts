/** What a scenario file says (content/scenarios/NAME.yaml). Everything is checked; errors name the file and the path in it. */
import { parse } from 'yaml'
import * as z from 'zod/mini'
import { PROFILE_NAMES } from './profiles'

const Text = z.string().check(z.minLength(1))
const Instant = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, 'must be a UTC time such as 2023-06-10T12:21:00Z'))
const Id = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'))
const Pid = z.number().check(z.int(), z.positive())

const Process = z.strictObject({
  /** argv; argv[0] is the file. */
  argv: z.array(Text).check(z.minLength(1)),
  pid: z.optional(Pid),
})

const Digest = z.string().check(z.regex(/^sha256:[0-9a-f]{64}$/, 'must be sha256: and 64 hexadecimal digits'))

const LayerSchema = z.strictObject({
  /** Of the layer that was recorded, which this one stands for; and the size of its archive. */
  digest: Digest,
  size: z.number(),
  /** The image of the lab's registries whose first layer it begins with. */
  like: z.optional(Text),
  /** Files of its own: programs of the lab, texts, or bytes that nobody reads. */
  files: z.optional(z.record(z.string(), z.strictObject({ program: z.optional(Text), text: z.optional(z.string()), size: z.optional(z.number()), mode: z.optional(z.number()) }))),
})

/** What `docker save` has written of an image: its name, its configuration as it stands, its layers. */
const ArchiveSchema = z.strictObject({ name: Text, config: Text, layers: z.array(LayerSchema) })

const NodeSchema = z.strictObject({
  name: Text,
  /** The node's address and prefix length on its network, `172.30.2.2/24`. */
  address: z.string().check(z.regex(/^\d+(\.\d+){3}\/\d+$/, 'must be an address with a prefix length such as 172.30.2.2/24')),
  device: z.optional(Text),
  /** Addresses for its pods. */
  podCIDR: z.optional(Text),
  labels: z.optional(z.record(z.string(), z.string())),
  taints: z.optional(z.array(z.strictObject({ key: Text, value: z.optional(z.string()), effect: Text }))),
  /** Files of its own, by path, over those of the distribution. */
  files: z.optional(z.record(z.string(), z.string())),
  /** Programs of the lab to put there in addition, by path: `/usr/bin/kubectl: kubernetes/kubectl`. */
  programs: z.optional(z.record(z.string(), Text)),
  /** Archives of images, by path. */
  archives: z.optional(z.record(z.string(), ArchiveSchema)),
  /** Processes' names of PID 1, where it is not systemd. */
  init: z.optional(z.strictObject({ comm: Text })),
  /** Paths of the distribution that this node does not have. */
  without: z.optional(z.array(Text)),
  /** The last pid used when the daemons are up: what came before them on a real machine has used some. */
  lastPid: z.optional(Pid),
  /** The last pid used when the student sits down: what has come and gone since used the numbers between. */
  startPid: z.optional(Pid),
  /** Started by PID 1, in order. */
  processes: z.array(Process),
})

const PodPins = z.strictObject({
  /** NAMESPACE/NAME. */
  pod: z.string().check(z.regex(/^[^/]+\/[^/]+$/, 'must be NAMESPACE/NAME')),
  id: z.optional(Id),
  pid: z.optional(Pid),
  shimPid: z.optional(Pid),
  containers: z.optional(z.record(z.string(), z.strictObject({ id: z.optional(Id), pid: z.optional(Pid) }))),
})

export const ScenarioSchema = z.strictObject({
  title: Text,
  summary: Text,
  /** When the machines were switched on, and when the student sits down. */
  boot: Instant,
  start: Instant,
  seed: Text,
  /** What its nodes are made of: containerd and control groups. */
  profile: z.optional(z.enum(PROFILE_NAMES)),
  kernel: z.strictObject({ release: Text, version: Text, cgroup: z.optional(z.union([z.literal(1), z.literal(2)])) }),
  /** The release of the cluster, and that of the client where it is another; nodes without one are of no cluster. */
  kubernetes: z.optional(z.strictObject({ version: Text, kubectl: z.optional(Text) })),
  containerd: z.optional(z.strictObject({ version: Text })),
  /** Where a new terminal stands: a login on `host`, which then types `run`. */
  login: z.strictObject({ host: Text, run: z.optional(Text) }),
  nodes: z.array(NodeSchema).check(z.minLength(1)),
  /** Images that lie on every node before the first pull. */
  images: z.optional(z.array(Text)),
  /** Registries that limit who has no account: so many manifests in all, then `toomanyrequests`. By host, `docker.io: { pulls: 3 }`. */
  registries: z.optional(z.record(z.string(), z.strictObject({ pulls: z.number().check(z.int(), z.nonnegative()) }))),
  /** Manifests given to the API server at boot, one after the other. */
  manifests: z.optional(z.array(z.record(z.string(), z.unknown()))),
  pins: z.optional(z.array(PodPins)),
  /** Pids of login shells by node, in the order of logins. */
  loginPids: z.optional(z.record(z.string(), z.array(Pid))),
})

export type Scenario = z.infer<typeof ScenarioSchema>
export type ScenarioNode = z.infer<typeof NodeSchema>
export type Archive = z.infer<typeof ArchiveSchema>

/** A scenario file that cannot be used: every complaint with its place. */
export class ScenarioError extends Error {
  readonly path: string
  readonly problems: readonly string[]
  constructor(path: string, problems: readonly string[]) {
    super(problems.map((p) => `${path}: ${p}`).join('\n'))
    this.path = path
    this.problems = problems
  }
}

/** Reads a scenario. Throws ScenarioError, which names `path` and the place of each problem. */
export function parseScenario(text: string, path: string): Scenario {
  let raw: unknown
  try {
    raw = parse(text)
  } catch (error) {
    throw new ScenarioError(path, [error instanceof Error ? error.message : String(error)])
  }
  const result = z.safeParse(ScenarioSchema, raw)
  if (!result.success) throw new ScenarioError(path, result.error.issues.map((i) => `${i.path.map(String).join('.') || '(top)'}: ${i.message}`))
  const scenario = result.data
  const problems: string[] = []
  if (!scenario.nodes.some((n) => n.name === scenario.login.host)) problems.push(`login.host: there is no node ${scenario.login.host}`)
  if (Date.parse(scenario.start) < Date.parse(scenario.boot)) problems.push('start: lies before boot')
  const names = scenario.nodes.map((n) => n.name)
  for (const name of new Set(names)) if (names.filter((n) => n === name).length > 1) problems.push(`nodes: ${name} is there twice`)
  if (problems.length > 0) throw new ScenarioError(path, problems)
  return scenario
}
