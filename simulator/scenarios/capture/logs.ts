/**
 * Logs of captured containers. They were not recorded: a log begins with what the program says when it comes up, at the time when the
 * container was started; from then on containerd reads the container's FIFOs.
 */
import * as z from 'zod/mini'
import { concat, encode } from '../../kernel/bytes'
import { MemoryFile } from '../../kernel/fs/memory'
import { logHead } from '../../containerd/cri/logs'
import { parseTime } from '../../containerd/time'
import type { Said } from './descriptors'
import { directoryAt } from './disk'
import { cutPath } from './listing'
import type { CapturedNode } from './load'
import { readOnce } from './once'
import type { Capture } from './schema'

/** By pid and descriptor: `12115 1`. */
export type Saids = Map<string, Said>

const Inspected = z.object({
  inspect: z.record(z.string(), z.looseObject({ status: z.looseObject({ logPath: z.string(), startedAt: z.string() }), info: z.looseObject({ pid: z.number() }) })),
})
const inspectedOf = readOnce(({ cri }: Capture) => Object.values(z.parse(Inspected, cri).inspect))
const STREAMS = [[1, 'stdout'], [2, 'stderr']] as const
const NEWLINE = 10
/** From the start of a container to its first words. */
const FIRST_WORDS_NS = 700_000n
const NS_PER_S = 1_000_000_000n

export function layLogs({ capture, disk }: CapturedNode, said: Saids): void {
  const listed = new Set((capture.tree['/var/log/pods'] ?? '').split('\n'))
  for (const { status, info } of inspectedOf(capture)) {
    if (!listed.has(status.logPath)) continue
    const at = parseTime(status.startedAt) + FIRST_WORDS_NS
    const time = { sec: Number(at / NS_PER_S), nsec: Number(at % NS_PER_S) }
    const lines = STREAMS.flatMap(([fd, stream]) => linesOf(concat(said.get(`${info.pid} ${fd}`)?.chunks ?? [])).map((line) => concat([encode(logHead(time, stream, 'F')), line])))
    const { directory, name } = cutPath(status.logPath)
    const parent = directoryAt(disk.root, directory, time)
    if (parent.lookup(name, null)) parent.remove(name)
    parent.insert(name, new MemoryFile(disk, { mode: 0o640, uid: 0, gid: 0, now: time }, concat(lines)))
  }
}

/** Lines with their newlines. */
function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, from)
    lines.push(bytes.subarray(from, end < 0 ? bytes.length : end + 1))
    from = end < 0 ? bytes.length : end + 1
  }
  return lines
}
