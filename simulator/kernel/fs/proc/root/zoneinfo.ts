/** /proc/zoneinfo: each zone of memory with its pages and watermarks (mm/vmstat.c, zoneinfo_show_print). */
import { systemFile } from '../entry'
import { machineOf } from '../machine'
import { type MemoryPages, pagesOf, type Zone, zonesOf } from '../memory-pages'

/** What is counted for the whole node, in its order; what this machine never does is 0. */
const OF_THE_NODE = `
nr_inactive_anon nr_active_anon nr_inactive_file nr_active_file nr_unevictable nr_slab_reclaimable nr_slab_unreclaimable
nr_isolated_anon nr_isolated_file workingset_nodes workingset_refault_anon workingset_refault_file workingset_activate_anon
workingset_activate_file workingset_restore_anon workingset_restore_file workingset_nodereclaim nr_anon_pages nr_mapped
nr_file_pages nr_dirty nr_writeback nr_shmem nr_shmem_hugepages nr_shmem_pmdmapped nr_file_hugepages nr_file_pmdmapped
nr_anon_transparent_hugepages nr_vmscan_write nr_vmscan_immediate_reclaim nr_dirtied nr_written nr_throttled_written
nr_kernel_misc_reclaimable nr_foll_pin_acquired nr_foll_pin_released nr_kernel_stack nr_page_table_pages nr_sec_page_table_pages
nr_iommu_pages nr_swapcached pgpromote_success pgpromote_candidate pgpromote_candidate_nrl pgdemote_kswapd pgdemote_direct
pgdemote_khugepaged pgdemote_proactive nr_hugetlb nr_balloon_pages nr_kernel_file_pages
`.trim().split(/\s+/)

const NODE: Readonly<Record<string, keyof MemoryPages>> = {
  nr_inactive_anon: 'inactiveAnon', nr_active_anon: 'activeAnon', nr_inactive_file: 'inactiveFile', nr_active_file: 'activeFile', nr_unevictable: 'unevictable',
  nr_slab_reclaimable: 'slabReclaimable', nr_slab_unreclaimable: 'slabUnreclaimable', nr_anon_pages: 'anon', nr_mapped: 'mapped', nr_file_pages: 'file', nr_dirty: 'dirty', nr_shmem: 'shmem',
  nr_file_hugepages: 'fileHuge', nr_anon_transparent_hugepages: 'anonHuge', nr_kernel_stack: 'kernelStack', nr_page_table_pages: 'pageTables',
}

const row = (name: string, value: number): string => `      ${name.padEnd(12)} ${value}\n`

/** vm.min_free_kbytes in pages, shared out by size; low and high lie a quarter and a half above, or a thousandth of the zone (mm/page_alloc.c). */
function watermarks({ managed }: Zone, all: number): readonly [min: number, low: number, high: number, promo: number] {
  const min = Math.floor((67_584 / 4) * (managed / all))
  const step = Math.max(Math.floor(min / 4), Math.floor(managed / 1000))
  return [min, min + step, min + 2 * step, min + 3 * step]
}

function zoneText(zone: Zone, zones: readonly Zone[], pages: MemoryPages, cpus: number, at: number): string {
  const [min, low, high, promo] = watermarks(zone, zones.reduce((sum, z) => sum + z.managed, 0))
  const upper = zone.name === 'Normal'
  const mine = (value: number): number => (upper ? value : 0)
  const above = (to: number): number => zones.slice(at + 1, to + 1).reduce((sum, z) => sum + z.managed, 0)
  const protection = [0, 1, 2, 2, 2].map((to) => (to <= at ? 0 : Math.floor(above(to) / 256)))
  const share = Math.floor(low / cpus)
  const counted: readonly (readonly [string, number])[] = [
    ['nr_free_pages', zone.free], ['nr_free_pages_blocks', Math.floor(zone.free / 512) * 512], ['nr_zone_inactive_anon', mine(pages.inactiveAnon)], ['nr_zone_active_anon', mine(pages.activeAnon)],
    ['nr_zone_inactive_file', mine(pages.inactiveFile)], ['nr_zone_active_file', mine(pages.activeFile)], ['nr_zone_unevictable', mine(pages.unevictable)],
    ['nr_zone_write_pending', mine(pages.dirty)], ['nr_mlock', mine(pages.mlocked)], ['nr_zspages', 0], ['nr_free_cma', 0], ['numa_hit', mine(pages.allocated)], ['numa_miss', 0],
    ['numa_foreign', 0], ['numa_interleave', 0], ['numa_local', mine(pages.allocated)], ['numa_other', 0],
  ]
  const pageset = (cpu: number): string =>
    `    cpu: ${cpu}\n              count:    0\n              high:     ${at === 0 ? 0 : share}\n              batch:    ${at === 0 ? 1 : 63}\n` +
    `              high_min: ${at === 0 ? 8 : share}\n              high_max: ${Math.floor(zone.managed / 8 / cpus)}\n  vm stats threshold: ${at === 0 ? 4 : upper ? 32 : 24}\n`
  return (
    `Node 0, zone ${zone.name.padStart(8)}\n` +
    (at === 0 ? `  per-node stats\n${OF_THE_NODE.map((name) => row(name, NODE[name] ? pages[NODE[name]] : 0)).join('')}` : '') +
    `  pages free     ${zone.free}\n        boost    0\n        min      ${min}\n        low      ${low}\n        high     ${high}\n        promo    ${promo}\n` +
    `        spanned  ${zone.spanned}\n        present  ${zone.present}\n        managed  ${zone.managed}\n        cma      0\n        protection: (${protection.join(', ')})\n` +
    counted.map(([name, value]) => row(name, value)).join('') +
    `  pagesets\n${Array.from({ length: cpus }, (_, cpu) => pageset(cpu)).join('')}  node_unreclaimable:  0\n  start_pfn:           ${zone.start}\n`
  )
}

const empty = (name: string, mark: number): string =>
  `Node 0, zone ${name.padStart(8)}\n  pages free     0\n        boost    0\n        min      ${mark}\n        low      ${mark}\n        high     ${mark}\n        promo    ${mark}\n` +
  '        spanned  0\n        present  0\n        managed  0\n        cma      0\n        protection: (0, 0, 0, 0, 0)\n'

export default systemFile(({ kernel }) => {
  const pages = pagesOf(kernel)
  const zones = zonesOf(pages)
  return zones.map((zone, at) => zoneText(zone, zones, pages, machineOf(kernel).cpus, at)).join('') + empty('Movable', 32) + empty('Device', 0)
})
