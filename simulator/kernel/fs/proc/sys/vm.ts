/** /proc/sys/vm (admin-guide/sysctl/vm.rst). */
import { sysctlFolder } from '../sysctl'

export default sysctlFolder(() => `
admin_reserve_kbytes 8192
compact_memory:w  [1 1]
compact_unevictable_allowed 1
compaction_proactiveness 20 [0 100]
defrag_mode 0
dirty_background_bytes 0
dirty_background_ratio 10 [0 100]
dirty_bytes 0
dirty_expire_centisecs 3000
dirty_ratio 20 [0 100]
dirty_writeback_centisecs 500
dirtytime_expire_seconds 43200
drop_caches:w  [1 4]
extfrag_threshold 500 [0 1000]
hugetlb_optimize_vmemmap 0
hugetlb_shm_group 0
laptop_mode 0
legacy_va_layout 0
lowmem_reserve_ratio 256 256 32 0 0
max_map_count 65530 [0 2147483647]
memfd_noexec 0 [0 2]
min_free_kbytes 67584
min_slab_ratio 5
min_unmapped_ratio 1
mmap_min_addr 4096
mmap_rnd_bits:p 28
mmap_rnd_compat_bits:p 8
nr_hugepages 0
nr_hugepages_mempolicy 0
nr_overcommit_hugepages 0
numa_stat 1
numa_zonelist_order Node
oom_dump_tasks 1
oom_kill_allocating_task 0
overcommit_kbytes 0
overcommit_memory 0 [0 2]
overcommit_ratio 50 [0 2147483647]
page-cluster 3 [0 31]
page_lock_unfairness 5
panic_on_oom 0 [0 2]
percpu_pagelist_high_fraction 0
shrink_inodes_with_pagecache 0
stat_interval 1
stat_refresh:p
swappiness 60 [0 200]
unprivileged_userfaultfd 0 [0 1]
user_reserve_kbytes 100405
vfs_cache_pressure 100 [0 2147483647]
vfs_cache_pressure_denom 100
watermark_boost_factor 15000
watermark_scale_factor 10 [1 3000]
zone_reclaim_mode 0 [0 2147483647]
`)
