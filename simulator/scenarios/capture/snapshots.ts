/** The numbers of captured snapshots: mounts name those of containers and of the layers below them, the rest were given in the order in which they were made. */
import * as z from 'zod/mini'
import { parseTime } from '../../containerd/time'
import { readOnce } from './once'
import type { Capture } from './schema'

export const Snapshot = z.object({
  Kind: z.string(), Name: z.string(), Parent: z.optional(z.string()), Labels: z.optional(z.record(z.string(), z.string())), Created: z.string(), Updated: z.string(),
})
const Known = z.object({ snapshot_info: z.record(z.string(), Snapshot) })
const States = z.record(z.string(), z.object({ id: z.string(), pid: z.number() }))

/** By key, in the order of their making. */
export const snapshotNumbers = readOnce((capture: Capture): ReadonlyMap<string, number> => {
  const { snapshot_info: known } = z.parse(Known, capture.containerd)
  const states = Object.values(z.parse(States, capture.runc))
  const mounted = new Map<string, number>()
  for (const process of capture.processes) {
    const root = process.mountinfo.split('\n').find((line) => line.includes(' / / ')) ?? ''
    const upper = /upperdir=\S*\/snapshots\/(\d+)\/fs/.exec(root)?.[1]
    const state = states.find(({ pid }) => pid === process.pid)
    if (!upper || !state) continue
    mounted.set(state.id, Number(upper))
    // The lower directories are its parents, the nearest first.
    let parent = known[state.id]?.Parent
    for (const lower of /lowerdir=([^, ]*)/.exec(root)?.[1]?.split(':') ?? []) {
      if (!parent) break
      mounted.set(parent, Number(/snapshots\/(\d+)\/fs$/.exec(lower)?.[1]))
      parent = known[parent]?.Parent
    }
  }
  const taken = new Set(mounted.values())
  const numbers = new Map<string, number>()
  let next = 1
  for (const { Name } of Object.values(known).sort((a, b) => (parseTime(a.Created) < parseTime(b.Created) ? -1 : 1))) {
    while (taken.has(next)) next++
    const number = mounted.get(Name) ?? next
    taken.add(number)
    numbers.set(Name, number)
  }
  return numbers
})
