/**
 * The threads of a Go program: the runtime starts them for its monitor, the garbage collector and calls that block. Each takes a
 * number of the pid counter, which is why pids on a node of Go programs grow in steps. How many: as counted on the recorded node.
 */
import type { Sys } from '../../kernel/sys'

export function goThreads(sys: Sys, count: number): void {
  for (let i = 0; i < count; i++) sys.createThread()
}
