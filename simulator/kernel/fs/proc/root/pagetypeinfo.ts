/** /proc/pagetypeinfo: free blocks of each zone by what they may be used for (mm/vmstat.c). */
import { systemFile } from '../entry'
import { blocksOf, pagesOf, type Zone, zonesOf } from '../memory-pages'

const TYPES = ['Unmovable', 'Movable', 'Reclaimable', 'HighAtomic', 'Isolate'] as const
const BLOCK = 512

/** Of each zone nearly everything is movable. */
const share = ({ managed, name }: Zone, type: (typeof TYPES)[number]): number => {
  const blocks = Math.ceil(managed / BLOCK)
  const pinned = name === 'Normal' ? Math.floor(blocks / 20) : 0
  return type === 'Movable' ? blocks - pinned : type === 'Unmovable' ? Math.floor(pinned / 3) : type === 'Reclaimable' ? pinned - Math.floor(pinned / 3) : 0
}

export default systemFile(({ kernel }) => {
  const zones = zonesOf(pagesOf(kernel))
  const none = Array.from({ length: 11 }, () => 0)
  return (
    `Page block order: 9\nPages per block:  ${BLOCK}\n\nFree pages count per migrate type at order ${none.map((_, i) => String(i).padStart(6)).join(' ')} \n` +
    zones.map((zone) => TYPES.map((type) =>
      `Node    0, zone ${zone.name.padStart(8)}, type ${type.padStart(12)} ${(type === 'Movable' ? blocksOf(zone.free) : none).map((n) => String(n).padStart(6)).join(' ')} \n`).join('')).join('') +
    `\nNumber of blocks type ${TYPES.map((type) => type.padStart(12)).join(' ')} \n` +
    zones.map((zone) => `Node 0, zone ${zone.name.padStart(8)} ${TYPES.map((type) => String(share(zone, type)).padStart(12)).join(' ')} \n`).join('')
  )
}, { mode: 0o400 })
