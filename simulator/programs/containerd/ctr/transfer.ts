/**
 * What `ctr images pull` shows while blobs come in (cmd/ctr/commands/content/fetch.go ShowProgress, Display): a table that is written
 * anew each tenth of a second, on a terminal over the last one. Compared with containerd 1.6.20 pulling from a registry at hand.
 */
import { tabulate } from '../../go/tabwriter'
import { progressBytes } from '../../go/units'
import type { Io } from '../../program'

export interface Transfer {
  readonly ref: string
  status: 'resolving' | 'resolved' | 'waiting' | 'downloading' | 'done' | 'exists'
  offset: number
  readonly total: number
}

const WIDTH = 38

export function bar(share: number): string {
  const full = Math.trunc(share * WIDTH)
  return `|\x1b[32m${'+'.repeat(full)}\x1b[0m${'-'.repeat(WIDTH - full)}|`
}

/** Whatever shows how far the transfers are. */
export interface Shows {
  show(transfers: readonly Transfer[]): void
}

export class Display implements Shows {
  private readonly io: Io
  private readonly start: number
  private lines = 0
  constructor(io: Io) {
    this.io = io
    this.start = io.sys.monotonic()
  }
  show(transfers: readonly Transfer[]): void {
    const rows = transfers.map(({ ref, status, offset, total }) => {
      const word = status === 'exists' ? 'done' : status
      if (status === 'downloading') return `${ref}:\t${status}\t${bar(total > 0 ? offset / total : 0)}\t${progressBytes(offset).slice(0, 8).padStart(8)}/${progressBytes(total)}\t\n`
      return `${ref}:\t${word}\t${bar(status === 'resolving' || status === 'waiting' ? 0 : 1)}\t\n`
    })
    const seconds = (this.io.sys.monotonic() - this.start) / 1e9
    const got = transfers.reduce((sum, t) => sum + t.offset, 0)
    rows.push(`elapsed: ${seconds.toFixed(1).padEnd(4)}s\ttotal: ${progressBytes(got).slice(0, 6).padStart(7)}\t(${progressBytes(seconds > 0 ? Math.trunc(got / seconds) : 0)}/s)\t\n`)
    const text = tabulate(rows.join(''), { minWidth: 1, tabWidth: 8, padding: 1, padChar: ' ' })
    if (this.io.sys.isatty(1)) this.io.out('\x1b[1A\x1b[2K\r'.repeat(this.lines))
    this.lines = rows.length
    this.io.out(text)
  }
}
