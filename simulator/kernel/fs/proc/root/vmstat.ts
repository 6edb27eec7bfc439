/** /proc/vmstat (mm/vmstat.c): the counters of pages by their names, those of /proc/meminfo among them; what this machine never does is 0. */
import { systemFile } from '../entry'
import { type MemoryPages, pagesOf } from '../memory-pages'

const NAMES = `
nr_free_pages nr_free_pages_blocks nr_zone_inactive_anon nr_zone_active_anon nr_zone_inactive_file nr_zone_active_file
nr_zone_unevictable nr_zone_write_pending nr_mlock nr_zspages nr_free_cma numa_hit numa_miss numa_foreign numa_interleave
numa_local numa_other nr_inactive_anon nr_active_anon nr_inactive_file nr_active_file nr_unevictable nr_slab_reclaimable
nr_slab_unreclaimable nr_isolated_anon nr_isolated_file workingset_nodes workingset_refault_anon workingset_refault_file
workingset_activate_anon workingset_activate_file workingset_restore_anon workingset_restore_file workingset_nodereclaim
nr_anon_pages nr_mapped nr_file_pages nr_dirty nr_writeback nr_shmem nr_shmem_hugepages nr_shmem_pmdmapped nr_file_hugepages
nr_file_pmdmapped nr_anon_transparent_hugepages nr_vmscan_write nr_vmscan_immediate_reclaim nr_dirtied nr_written
nr_throttled_written nr_kernel_misc_reclaimable nr_foll_pin_acquired nr_foll_pin_released nr_kernel_stack nr_page_table_pages
nr_sec_page_table_pages nr_iommu_pages nr_swapcached pgpromote_success pgpromote_candidate pgpromote_candidate_nrl pgdemote_kswapd
pgdemote_direct pgdemote_khugepaged pgdemote_proactive nr_hugetlb nr_balloon_pages nr_kernel_file_pages nr_dirty_threshold
nr_dirty_background_threshold nr_memmap_pages nr_memmap_boot_pages pgpgin pgpgout pswpin pswpout pgalloc_dma pgalloc_dma32
pgalloc_normal pgalloc_movable pgalloc_device allocstall_dma allocstall_dma32 allocstall_normal allocstall_movable
allocstall_device pgskip_dma pgskip_dma32 pgskip_normal pgskip_movable pgskip_device pgfree pgactivate pgdeactivate pglazyfree
pgfault pgmajfault pglazyfreed pgrefill pgreuse pgsteal_kswapd pgsteal_direct pgsteal_khugepaged pgsteal_proactive pgscan_kswapd
pgscan_direct pgscan_khugepaged pgscan_proactive pgscan_direct_throttle pgscan_anon pgscan_file pgsteal_anon pgsteal_file
zone_reclaim_success zone_reclaim_failed pginodesteal slabs_scanned kswapd_inodesteal kswapd_low_wmark_hit_quickly
kswapd_high_wmark_hit_quickly pageoutrun pgrotated drop_pagecache drop_slab oom_kill numa_pte_updates numa_huge_pte_updates
numa_hint_faults numa_hint_faults_local numa_pages_migrated pgmigrate_success pgmigrate_fail thp_migration_success
thp_migration_fail thp_migration_split compact_migrate_scanned compact_free_scanned compact_isolated compact_stall compact_fail
compact_success compact_daemon_wake compact_daemon_migrate_scanned compact_daemon_free_scanned htlb_buddy_alloc_success
htlb_buddy_alloc_fail unevictable_pgs_culled unevictable_pgs_scanned unevictable_pgs_rescued unevictable_pgs_mlocked
unevictable_pgs_munlocked unevictable_pgs_cleared unevictable_pgs_stranded thp_fault_alloc thp_fault_fallback
thp_fault_fallback_charge thp_collapse_alloc thp_collapse_alloc_failed thp_file_alloc thp_file_fallback thp_file_fallback_charge
thp_file_mapped thp_split_page thp_split_page_failed thp_deferred_split_page thp_underused_split_page thp_split_pmd
thp_scan_exceed_none_pte thp_scan_exceed_swap_pte thp_scan_exceed_share_pte thp_split_pud thp_zero_page_alloc
thp_zero_page_alloc_failed thp_swpout thp_swpout_fallback balloon_inflate balloon_deflate balloon_migrate swap_ra swap_ra_hit
swpin_zero swpout_zero ksm_swpin_copy cow_ksm zswpin zswpout zswpwb direct_map_level2_splits direct_map_level3_splits
direct_map_level2_collapses direct_map_level3_collapses nr_unstable
`.trim().split(/\s+/)

/** How many of a kind there are, and what has been done with pages since the boot. */
const COUNTED: Readonly<Record<string, (pages: MemoryPages) => number>> = {
  nr_free_pages: (p) => p.free, nr_free_pages_blocks: (p) => Math.floor(p.free / 512) * 512,
  nr_zone_inactive_anon: (p) => p.inactiveAnon, nr_zone_active_anon: (p) => p.activeAnon, nr_zone_inactive_file: (p) => p.inactiveFile,
  nr_zone_active_file: (p) => p.activeFile, nr_zone_unevictable: (p) => p.unevictable, nr_zone_write_pending: (p) => p.dirty, nr_mlock: (p) => p.mlocked,
  nr_inactive_anon: (p) => p.inactiveAnon, nr_active_anon: (p) => p.activeAnon, nr_inactive_file: (p) => p.inactiveFile, nr_active_file: (p) => p.activeFile,
  nr_unevictable: (p) => p.unevictable, nr_slab_reclaimable: (p) => p.slabReclaimable, nr_slab_unreclaimable: (p) => p.slabUnreclaimable, nr_anon_pages: (p) => p.anon,
  nr_mapped: (p) => p.mapped, nr_file_pages: (p) => p.file, nr_dirty: (p) => p.dirty, nr_shmem: (p) => p.shmem, nr_file_hugepages: (p) => p.fileHuge,
  nr_anon_transparent_hugepages: (p) => p.anonHuge, nr_kernel_stack: (p) => p.kernelStack, nr_page_table_pages: (p) => p.pageTables,
  nr_dirty_threshold: (p) => Math.floor(p.available / 5), nr_dirty_background_threshold: (p) => Math.floor(p.available / 10), nr_memmap_boot_pages: () => 98_304,
  numa_hit: (p) => p.allocated, numa_local: (p) => p.allocated, pgalloc_normal: (p) => p.allocated, pgfree: (p) => p.allocated + p.free, pgfault: (p) => p.faults,
  pgmajfault: (p) => p.majorFaults, pgpgin: (p) => p.read, pgpgout: (p) => p.written, thp_zero_page_alloc: () => 1,
}

export default systemFile(({ kernel }) => {
  const pages = pagesOf(kernel)
  return NAMES.map((name) => `${name} ${COUNTED[name]?.(pages) ?? 0}\n`).join('')
})
