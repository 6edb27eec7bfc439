/** slabtop(1) of procps-ng 4.0.2, as it shows once (-o): the kernel's caches, the largest first. Watching is not simulated. */
import { procpsCommand } from '../command'
import { readText } from '../processes'
import { HELP } from './help'

interface Cache {
  readonly name: string
  readonly active: number
  readonly objects: number
  readonly size: number
  readonly perSlab: number
  readonly pages: number
  readonly activeSlabs: number
  readonly slabs: number
}

const PAGE_KB = 4

const parse = (text: string): Cache[] =>
  text.split('\n').slice(2).filter(Boolean).map((line) => {
    const [name = '', active, objects, size, perSlab, pages, , , , , , , , activeSlabs, slabs] = line.split(/\s+/)
    return { name, active: Number(active), objects: Number(objects), size: Number(size), perSlab: Number(perSlab), pages: Number(pages), activeSlabs: Number(activeSlabs), slabs: Number(slabs) }
  })

const usage = ({ active, objects }: Cache): number => (objects > 0 ? Math.floor((100 * active) / objects) : 0)
const cacheSize = ({ slabs, pages }: Cache): number => slabs * pages * PAGE_KB

const KEYS: Readonly<Record<string, (cache: Cache) => number>> = {
  a: (c) => c.active, b: (c) => c.perSlab, c: cacheSize, l: (c) => c.slabs, v: (c) => c.activeSlabs, o: (c) => c.objects, p: (c) => c.pages, s: (c) => c.size, u: usage,
}

const n = (value: number | string, width: number): string => String(value).padStart(width)
const kB = (bytes: number): string => `${(bytes / 1024).toFixed(2)}K`
const share = (part: number, whole: number): string => `(${(whole > 0 ? (100 * part) / whole : 0).toFixed(1)}%)`

export default procpsCommand({
  help: HELP,
  hidden: '  -d, --delay <secs>\n  -s, --sort <char>',
  summary: 'display kernel slab cache information in real time',
  *run(io, options) {
    if (!options.has('once')) {
      io.err('slabtop: not simulated in this lab\n')
      return 125
    }
    const text = yield* readText(io.sys, '/proc/slabinfo')
    if (text === undefined) {
      io.err('slabtop: Unable to create slabinfo structure: Permission denied\n')
      return 1
    }
    const caches = parse(text)
    const sum = (value: (c: Cache) => number): number => caches.reduce((total, c) => total + value(c), 0)
    const objects = sum((c) => c.objects)
    const active = sum((c) => c.active)
    const size = sum((c) => c.objects * c.size)
    const activeSize = sum((c) => c.active * c.size)
    const used = caches.filter((c) => c.active > 0).length
    const row = (label: string, part: number | string, whole: number | string, percent: string): string => ` ${label.padEnd(35)}: ${part} / ${whole} ${percent}\n`
    io.out(row('Active / Total Objects (% used)', active, objects, share(active, objects)))
    io.out(row('Active / Total Slabs (% used)', sum((c) => c.activeSlabs), sum((c) => c.slabs), share(sum((c) => c.activeSlabs), sum((c) => c.slabs))))
    io.out(row('Active / Total Caches (% used)', used, caches.length, share(used, caches.length)))
    io.out(row('Active / Total Size (% used)', kB(activeSize), kB(size), share(activeSize, size)))
    const sizes = caches.filter((c) => c.size > 0).map((c) => c.size)
    io.out(` ${'Minimum / Average / Maximum Object'.padEnd(35)}: ${kB(Math.min(...sizes))} / ${kB(objects > 0 ? size / objects : 0)} / ${kB(Math.max(...sizes))}\n\n`)
    io.out(`${n('OBJS', 6)} ${n('ACTIVE', 6)} ${n('USE', 4)} ${n('OBJ SIZE', 8)} ${n('SLABS', 6)} ${n('OBJ/SLAB', 8)} ${n('CACHE SIZE', 10)} ${'NAME'.padEnd(23)}\n`)
    const by = options.value('sort') ?? 'o'
    const key = KEYS[by] ?? KEYS.o
    const sorted = by === 'n' ? [...caches].sort((a, b) => (a.name < b.name ? -1 : 1)) : [...caches].sort((a, b) => (key?.(b) ?? 0) - (key?.(a) ?? 0))
    for (const c of sorted) {
      io.out(`${n(c.objects, 6)} ${n(c.active, 6)} ${n(usage(c), 3)}% ${n((c.size / 1024).toFixed(2), 7)}K ${n(c.slabs, 6)} ${n(c.perSlab, 8)} ${n(cacheSize(c), 9)}K ${c.name.padEnd(23)}\n`)
    }
    return 0
  },
})
