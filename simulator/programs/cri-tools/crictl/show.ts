/** What crictl prints: tables, protobuf messages as JSON and YAML, statuses with their info (cmd/crictl/util.go, display.go). */
import type { ContainerStats, ContainerStatus, CpuAndMemory, CriContainer, CriImage, Info, PodSandbox, PodSandboxStats, PodSandboxStatus } from '../../../containerd/cri/services'
import { ZERO_TIME, rfc3339 } from '../../../containerd/time'
import { JSONPB, MARSHAL, marshal, marshalLine, sorted } from '../../go/json'
import { tabulate } from '../../go/tabwriter'
import { execute, TemplateError, textFunction, valueFunction } from '../../go/template/execute'
import { nowNanoseconds } from '../../go/time'
import { humanDuration } from '../../go/units'
import { toYaml } from '../../go/yaml'
import { type Context, Failure } from '../../urfave/context'
import type { CrictlRelease } from './releases'

export const table = (rows: readonly (readonly string[])[]): string =>
  tabulate(rows.map((row) => `${row.join('\t')}\n`).join(''), { minWidth: 20, tabWidth: 1, padding: 3, padChar: ' ' })

export const shortId = (id: string): string => id.replace(/^sha256:/, '').slice(0, 13)
export const ago = (context: Context, ns: bigint): string => `${humanDuration(nowNanoseconds(context.sys) - ns)} ago`
export const title = (state: string): string => {
  const word = state.replace(/^(CONTAINER|SANDBOX)_/, '').toLowerCase()
  return word === 'notready' ? 'NotReady' : word.charAt(0).toUpperCase() + word.slice(1)
}

/** `key -> value` lines below a heading. */
export const labelLines = (heading: string, labels: Readonly<Record<string, string>>): string =>
  Object.keys(labels).length === 0 ? '' : `${heading}:\n${Object.keys(labels).sort().map((key) => `\t${key} -> ${labels[key]}\n`).join('')}`

/** `a=b` arguments. */
export const labelFilter = (given: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    given.map((text) => {
      const pair = text.split('=')
      if (pair.length !== 2) throw new Failure(`incorrectly specified label: ${text}`)
      return [pair[0] ?? '', pair[1] ?? '']
    }),
  )

/** A message as JSON or YAML; anything else is a table, which the caller prints. */
export function showMessage(context: Context, message: object): 'shown' | 'table' {
  switch (context.string('output')) {
    case 'json': context.io.out(`${marshal(message, JSONPB)}\n`); return 'shown'
    case 'yaml': context.io.out(`${toYaml(plain(message))}\n`); return 'shown'
    default: return 'table'
  }
}

/** `-o` with anything else than a format that the list has. */
export function checkTable(context: Context, sentence: string): void {
  const format = context.string('output')
  if (format !== 'table') throw new Failure(`${sentence}: unsupported output format "${format}"`)
}

/** As JSON has it: 64-bit numbers are strings. */
const plain = (value: unknown): unknown => JSON.parse(marshal(value, JSONPB))

/** What fails goes on as the end of `sentence`. */
export function worded(sentence: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw new Failure(`${sentence}: ${error.message}`)
  }
}

/** `{"status": …, "info": …}` in the chosen format. */
export function showStatus(context: Context, status: unknown, info: Info, defaultFormat = 'json'): void {
  const whole: Record<string, unknown> = { status: plain(status) }
  for (const key of Object.keys(info).sort()) whole[key] = decoded(info[key] ?? '')
  const format = context.string('output') || defaultFormat
  if (format === 'yaml') context.io.out(`${toYaml(whole)}\n`)
  else if (format === 'json') context.io.out(`${marshal(whole, { ...MARSHAL, indent: '  ' })}\n`)
  else if (format === 'go-template') context.io.out(`${templated(context.string('template'), whole)}\n`)
  else context.io.out(`Don't support "${format}" format\n`)
}

/** Formats that a status has beside a table. */
export function checkStatusFormat(context: Context): void {
  const format = context.string('output')
  if (!['', 'json', 'yaml', 'go-template', 'table'].includes(format)) throw new Failure(`output option cannot be ${format}`)
}

/** What crictl adds to a template's functions (templates.go). */
const FUNCTIONS = {
  json: valueFunction((value) => `${marshalLine(sorted(value))}\n`),
  title: textFunction((text) => text.replace(/(?<![\p{L}\p{N}_'])\p{L}/gu, (letter) => letter.toUpperCase())),
  lower: textFunction((text) => text.toLowerCase()),
  upper: textFunction((text) => text.toUpperCase()),
}

function templated(template: string, value: unknown): string {
  try {
    return execute(template, value, { name: 'tmplExecuteRawJSON', functions: FUNCTIONS, missingKey: 'error', numbers: 'json.Number' })
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw new Failure(`${error.stage === 'parse' ? 'failed to generate go-template' : 'failed to template data'}: ${error.message}`)
  }
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** fmt's `%v` of a map of texts. */
export const mapText = (info: Info): string => `map[${Object.keys(info).sort().map((key) => `${key}:${info[key]}`).join(' ')}]`

export const podMessage = (pod: PodSandbox): object => ({
  id: pod.id, metadata: pod.metadata, state: pod.state, createdAt: pod.createdAt, labels: sorted(pod.labels), annotations: sorted(pod.annotations), runtimeHandler: pod.runtimeHandler,
})
/** Fields that an image's specification gained after 1.26. */
export const imageFields = ({ line }: CrictlRelease): object => (line === '1.26' ? {} : { userSpecifiedImage: '', runtimeHandler: '' })

export const containerMessage = (c: CriContainer, more: object = {}): object => ({
  id: c.id, podSandboxId: c.podSandboxId, metadata: c.metadata, image: { ...c.image, ...more }, imageRef: c.imageRef, state: c.state, createdAt: c.createdAt,
  labels: sorted(c.labels), annotations: sorted(c.annotations),
})
export const imageMessage = (image: CriImage): object => ({
  id: image.id, repoTags: image.repoTags, repoDigests: image.repoDigests, size: BigInt(image.size),
  uid: image.uid === null ? null : { value: BigInt(image.uid) }, username: image.username, spec: null, pinned: false,
})

const time = (ns: bigint): string => (ns === 0n ? ZERO_TIME : rfc3339(ns))

export const podStatusMessage = (pod: PodSandboxStatus): object => ({
  id: pod.id, metadata: sorted(pod.metadata), state: pod.state, createdAt: time(pod.createdAt), network: sorted(pod.network),
  linux: { namespaces: { options: { ipc: pod.namespaces.ipc, network: pod.namespaces.network, pid: pod.namespaces.pid, targetId: pod.namespaces.targetId, usernsOptions: null } } },
  labels: sorted(pod.labels), annotations: sorted(pod.annotations), runtimeHandler: pod.runtimeHandler,
})

const PROPAGATION = ['PROPAGATION_PRIVATE', 'PROPAGATION_HOST_TO_CONTAINER', 'PROPAGATION_BIDIRECTIONAL']

export function containerStatusMessage(c: ContainerStatus, more: object = {}): object {
  const r = c.resources
  return {
    id: c.id, metadata: sorted(c.metadata), state: c.state, createdAt: time(c.createdAt), startedAt: c.state === 'CONTAINER_CREATED' ? ZERO_TIME : rfc3339(c.startedAt), finishedAt: time(c.finishedAt), exitCode: c.exitCode,
    image: sorted({ ...c.image, ...more }), imageRef: c.imageRef, reason: c.reason, message: c.message, labels: sorted(c.labels), annotations: sorted(c.annotations),
    mounts: c.mounts.map((m) => ({
      containerPath: m.container_path ?? '', hostPath: m.host_path ?? '', propagation: PROPAGATION[m.propagation ?? 0], readonly: m.readonly ?? false, selinuxRelabel: m.selinux_relabel ?? false,
    })),
    logPath: c.logPath,
    resources: r === null ? null : {
      linux: {
        cpuPeriod: BigInt(r.cpu_period ?? 0), cpuQuota: BigInt(r.cpu_quota ?? 0), cpuShares: BigInt(r.cpu_shares ?? 0), cpusetCpus: r.cpuset_cpus ?? '', cpusetMems: r.cpuset_mems ?? '',
        hugepageLimits: [], memoryLimitInBytes: BigInt(r.memory_limit_in_bytes ?? 0), memorySwapLimitInBytes: BigInt(r.memory_swap_limit_in_bytes ?? 0), oomScoreAdj: BigInt(r.oom_score_adj ?? 0), unified: {},
      },
      windows: null,
    },
  }
}

const usageMessage = (u: CpuAndMemory | null): object => ({
  cpu: u === null ? null : { timestamp: u.timestamp, usageCoreNanoSeconds: { value: BigInt(u.cpuNanoseconds) }, usageNanoCores: { value: BigInt(u.cpuNanoCores) } },
  memory: u === null ? null : {
    timestamp: u.timestamp, workingSetBytes: { value: BigInt(u.memoryWorkingSetBytes) }, availableBytes: { value: BigInt(u.memoryAvailableBytes) }, usageBytes: { value: BigInt(u.memoryUsageBytes) },
    rssBytes: { value: BigInt(u.memoryRssBytes) }, pageFaults: { value: BigInt(u.pageFaults) }, majorPageFaults: { value: BigInt(u.majorPageFaults) },
  },
})

export function containerStatsMessage(s: ContainerStats, more: object = {}): object {
  const layer = s.writableLayer
  return {
    attributes: { id: s.id, metadata: s.metadata, labels: sorted(s.labels), annotations: sorted(s.annotations) }, ...usageMessage(s.usage),
    writableLayer: layer === null ? null : {
      timestamp: layer.timestamp, fsId: { mountpoint: layer.mountpoint }, usedBytes: { value: BigInt(layer.usedBytes) }, inodesUsed: { value: BigInt(layer.inodesUsed) },
    },
    ...more,
  }
}

export function podStatsMessage(s: PodSandboxStats): object {
  const net = s.network
  const value = (n: number): object => ({ value: BigInt(n) })
  return {
    attributes: { id: s.id, metadata: s.metadata, labels: sorted(s.labels), annotations: sorted(s.annotations) },
    linux: {
      ...usageMessage(s.usage),
      network: net === null ? null : {
        timestamp: 0n, defaultInterface: { name: net.name, rxBytes: value(net.rxBytes), rxErrors: value(net.rxErrors), txBytes: value(net.txBytes), txErrors: value(net.txErrors) }, interfaces: [],
      },
      process: { timestamp: s.usage.timestamp, processCount: value(s.processCount) },
      containers: s.containers.map((each) => containerStatsMessage(each)),
    },
    windows: null,
  }
}

/** Newest first, as lists are shown. */
export const newestFirst = <T extends { readonly createdAt: bigint }>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => (a.createdAt > b.createdAt ? -1 : a.createdAt < b.createdAt ? 1 : 0))

/** `--last` and `--latest`, of a list with the newest first; nothing above 0 is no limit. */
export function latest<T>(context: Context, items: readonly T[]): readonly T[] {
  const last = context.number('last')
  return last > 0 ? items.slice(0, last) : context.bool('latest') ? items.slice(0, 1) : items
}

/** A regular expression over a name; none matches all, one that does not compile matches nothing. */
export function matches(pattern: string, text: string): boolean {
  if (pattern === '') return true
  try {
    return new RegExp(pattern).test(text)
  } catch {
    return false
  }
}
