/**
 * What ctr 2.x shows while containerd's transfer service works (cmd/ctr/commands/images/pull.go ProgressHandler, DisplayHierarchy): the image, below it its
 * manifest, below that its blobs; the whole tree anew with each change, on a terminal over the last one. Compared with containerd 2.2.0
 * pulling from a registry at hand.
 */
import { bar, type Shows, type Transfer } from './transfer'
import { progressBytes } from '../../go/units'
import type { Descriptor } from '../../../containerd/oci/types'
import type { Io } from '../../program'

const NAME = 40
const EVENT = 11

/** `manifest-sha256:a42e…` is `manifest (a42e45843134)`. */
const nameOf = (ref: string): string => ref.split('-').map((part) => part.replace(/^sha256:([0-9a-f]{12})[0-9a-f]*$/, '($1)')).join(' ')

const EVENTS: Readonly<Record<Transfer['status'], string>> = { resolving: 'resolving', resolved: 'fetching image content', waiting: 'waiting', downloading: 'downloading', done: 'complete', exists: 'already exists' }

/** The image, its manifest, its configuration, its layers. */
const RANKS = ['manifest', 'config', 'layer']
const rank = (ref: string): number => RANKS.indexOf(ref.split('-sha256:')[0] ?? '')

interface Node {
  readonly name: string
  event: string
  progress: number
  total: number
  readonly depth: 0 | 1 | 2
}

export class Hierarchy implements Shows {
  private readonly io: Io
  private readonly start: number
  private readonly nodes = new Map<string, Node>()
  private status: string
  private lines = 0
  private hidden: 'layer' | undefined
  private main: Descriptor | undefined
  constructor(io: Io, status: string) {
    this.io = io
    this.status = status
    this.start = io.sys.monotonic()
  }
  /** What the first name stands for. */
  describe(main: Descriptor): void {
    this.main = main
  }
  /** What is not part of the work: a kind of blobs. */
  hide(kind: 'layer'): void {
    this.hidden = kind
  }
  hides(kind: 'layer'): boolean {
    return this.hidden === kind
  }
  /** The state of the whole work, which the next change shows. */
  say(status: string): void {
    this.status = status
  }
  show(transfers: readonly Transfer[]): void {
    for (const { ref, status, offset, total } of [...transfers].sort((a, b) => rank(a.ref) - rank(b.ref))) {
      if (status === 'resolving' || (this.hidden && ref.startsWith(`${this.hidden}-`))) continue
      this.event(ref, { event: EVENTS[status], progress: status === 'done' || status === 'exists' ? total : offset, total })
    }
  }
  event(name: string, { event, progress, total }: Pick<Node, 'event' | 'progress' | 'total'>): void {
    const old = this.nodes.get(name)
    if (old?.event === event && old.progress === progress) return
    const kind = name.split('-sha256:')[0]
    this.nodes.set(name, { name, event, progress, total, depth: kind === name ? 0 : kind === 'manifest' ? 1 : 2 })
    this.draw()
  }
  private draw(): void {
    const { sys } = this.io
    const nodes = [...this.nodes.values()]
    const rows = nodes.map((node, i) => {
      const isLast = !nodes.slice(i + 1).some(({ depth }) => depth === node.depth)
      return line(`${['', '', '   '][node.depth] ?? ''}${node.depth === 0 ? '' : isLast ? '└──' : '├──'}${nameOf(node.name)}`, node)
    })
    if (this.main) rows.push(`${this.main.mediaType} ${this.main.digest}\n`)
    const seconds = (sys.monotonic() - this.start) / 1e9
    const got = nodes.reduce((sum, { progress }) => sum + progress, 0)
    rows.push(`${this.status}\telapsed: ${seconds.toFixed(1).padEnd(4)}s\ttotal: ${progressBytes(got).slice(0, 6).padStart(7)}\t(${progressBytes(seconds > 0 ? Math.trunc(got / seconds) : 0)}/s)\t\n`)
    if (sys.isatty(1)) this.io.out('\x1b[1A\x1b[2K\r'.repeat(this.lines))
    this.lines = rows.length
    this.io.out(rows.join(''))
  }
}

function line(name: string, { event, progress, total }: Node): string {
  const head = `${[...name].slice(0, NAME).join('').padEnd(NAME)}\t`
  switch (event) {
    case 'downloading':
    case 'extracting': return `${head}${event.padEnd(EVENT)}\t${bar(total > 0 ? progress / total : 0)}\t${progressBytes(progress).slice(0, 8).padStart(8)}/${progressBytes(total)}\t\n`
    case 'waiting': return `${head}${event.padEnd(EVENT)}\t${bar(0)}\t\n`
    case 'complete':
    case 'extracted': return `${head}${event.padEnd(EVENT)}\t${bar(1)}\t\n`
    default: return `${head}${event}\t\n`
  }
}
