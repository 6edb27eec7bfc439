/** How much a directory holds (graphdriver/overlay2 Size: the bytes of its files). */
import { filesBelow } from '../../containerd/files'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'

export function* directorySize(sys: Sys, path: string): Run<number> {
  let size = 0
  const seen = new Set<number>()
  for (const file of filesBelow(sys, path)) {
    const { kind, size: own, ino } = sys.lstat(file)
    if (kind === 'file' && !seen.has(ino)) size += own
    seen.add(ino)
    if (sys.spend(2)) yield 'preempted'
  }
  return size
}
