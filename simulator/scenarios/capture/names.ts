/** What the pods of a captured node are called, by namespaces that are theirs: of pause, or of a container when pause is dead. */
import * as z from 'zod/mini'
import { inumOf } from './figures'
import { readOnce } from './once'
import type { Capture } from './schema'

const Pods = z.object({
  inspectp: z.record(z.string(), z.object({ status: z.object({ metadata: z.object({ name: z.string() }) }), info: z.object({ pid: z.optional(z.number()), config: z.looseObject({ hostname: z.optional(z.string()) }) }) })),
  inspect: z.record(z.string(), z.object({ info: z.object({ sandboxID: z.string(), pid: z.optional(z.number()) }) })),
})

export interface PodNames {
  /** Host names by the number of a UTS namespace. */
  readonly hostnames: ReadonlyMap<number, string>
  /** Names of pods by the number of a network namespace. */
  readonly pods: ReadonlyMap<number, string>
}

export const namesOf = readOnce(({ cri, processes }: Capture): PodNames => {
  const { inspectp, inspect } = z.parse(Pods, cri)
  const byPid = new Map(processes.map((process) => [process.pid, process]))
  const hostnames = new Map<number, string>()
  const pods = new Map<number, string>()
  for (const [id, { status, info }] of Object.entries(inspectp)) {
    const pids = [info.pid, ...Object.values(inspect).filter((each) => each.info.sandboxID === id).map((each) => each.info.pid)]
    const process = pids.map((pid) => byPid.get(pid ?? 0)).find((found) => found !== undefined)
    if (!process) continue
    // A pod on the host's network has the host's name, and no name is given.
    if (info.config.hostname) hostnames.set(inumOf(process.ns.uts), info.config.hostname)
    pods.set(inumOf(process.ns.net), status.metadata.name)
  }
  return { hostnames, pods }
})
