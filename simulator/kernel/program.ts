/**
 * What an executable file runs. On disk a program is an ELF file whose notes name it (see `elf.ts`), so copies, links,
 * image layers and `$PATH` work as they do for any file; exec(2) reads the file and asks the machine for that program.
 */
import type { Run } from './run'
import type { Sys } from './sys'

/** Memory of a process that runs a program, in kB, as /proc/PID/status and statm show it (proc(5)). */
export interface MemoryFigures {
  readonly vmPeak: number
  readonly vmSize: number
  readonly vmLck: number
  readonly vmPin: number
  readonly vmHWM: number
  readonly vmRSS: number
  readonly rssAnon: number
  readonly rssFile: number
  readonly rssShmem: number
  readonly vmData: number
  readonly vmStk: number
  readonly vmExe: number
  readonly vmLib: number
  readonly vmPTE: number
  readonly vmSwap: number
}

export interface Program {
  /** `package/name`, e.g. `procps/ps`: the program's place in simulator/programs. */
  readonly id: string
  /** Runs in a task whose argv, environment and descriptors are set. Its value is the exit status. */
  main(sys: Sys): Run<number>
  /** Threads that its runtime starts at once beside the first (a Go program's). */
  readonly threads?: number | undefined
  /** Figures of a freshly started process; a small C program's where not given. */
  readonly memory?: Partial<MemoryFigures>
}
