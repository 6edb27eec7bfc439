/**
 * /proc/slabinfo (slabinfo(5)): the caches of the kernel with the size of their objects, objects and pages in a slab. How much of the machine's
 * slab memory each has, in millionths, is as a booted Debian 12 had it; all together they are what /proc/meminfo calls Slab.
 */
import { systemFile } from '../entry'
import { pagesOf } from '../memory-pages'

const CACHES = `
btrfs_delayed_node,312,13,1;btrfs_ordered_extent,416,19,2;bio-312,320,12,1,10;bio-376,384,21,2,19;btrfs_extent_buffer,240,17,1
btrfs_free_space,104,39,1;bio-392,448,18,2,19;btrfs_inode,1016,16,4;bio-448,512,16,2,19;fscrypt_inode_info,120,34,1
AF_VSOCK,1280,12,4,155;MPTCPv6,2112,15,8;request_sock_subflow_v6,392,20,2;RAWv6,1344,12,4,116;UDPv6,1472,22,8,155
tw_sock_TCPv6,256,16,1;request_sock_TCPv6,320,12,1;TCPv6,2496,13,8,155;xt_hashlimit,120,34,1;nf_conntrack,256,16,1
bio-120,128,32,1,87;io_kiocb,256,16,1;bfq_io_cq,1232,13,4;bio-248,256,16,1,10;mqueue_inode_cache,960,17,4,78
erofs_pcluster-257,4232,7,8;erofs_pcluster-128,2168,15,8;erofs_pcluster-64,1144,14,4;erofs_pcluster-16,376,21,2
erofs_pcluster-4,184,22,1;erofs_pcluster-1,136,30,1;erofs_inode,696,23,4;xfs_xmi_item,248,16,1;xfs_bui_item,208,19,1
xfs_rui_item,688,23,4;xfs_rud_item,176,23,1;xfs_icr,184,22,1;xfs_ili,208,19,1;xfs_inode,1024,16,4;xfs_efi_item,432,18,2
xfs_efd_item,440,18,2;xfs_buf_item,272,15,1;xfs_da_state,480,17,2;xfs_rtrmapbt_cur,456,17,2;xfs_rmapbt_cur,280,14,1
xfs_bmbt_cur,344,23,2;xfs_inobt_cur,216,18,1;xfs_bnobt_cur,232,17,1;xfs_buf,384,21,2;ovl_inode,704,23,4,427
fuse_request,168,24,1;fuse_inode,896,18,4;squashfs_inode_cache,704,23,4;jbd2_transaction_s,192,21,1;jbd2_journal_head,120,34,1
jbd2_revoke_table_s,16,256,1;ext4_inode_cache,1128,14,4,468558;ext4_allocation_context,168,24,1,844
ext4_prealloc_space,112,36,1,29;ext4_io_end,64,64,1,97;bio_post_read_ctx,48,85,1,19;pending_reservation,32,128,1
extent_status,40,102,1,27859;mb_cache_entry,56,73,1,19;kioctx,576,14,2;userfaultfd_ctx_cache,192,21,1,10
fanotify_perm_event,112,36,1;dnotify_struct,32,128,1;pid_namespace,344,23,2,39;kvm_vcpu,51472,1,16
kvm_mmu_page_header,184,22,1;x86_emulator,2672,12,8;ip4-frags,200,20,1;MPTCP,1984,16,8;request_sock_subflow_v4,392,20,2
xfrm_dst,320,12,1;xfrm_state,832,19,4;ip_fib_trie,48,85,1,19;ip_fib_alias,56,73,1,19;PING,1024,16,4;RAW,1152,14,4,78
UDP,1344,12,4,272;tw_sock_TCP,256,16,1,116;request_sock_TCP,320,12,1,19;TCP,2368,13,8,621;hugetlbfs_inode_cache,632,25,4,78
dquot,256,16,1;bio-264,320,12,1,58;ep_head,16,256,1,19;eventpoll_epi,128,32,1,136;dax_cache,768,21,4,39
request_queue,984,16,4,39;blkdev_ioc,88,46,1;bio-184,192,21,1,116;biovec-max,4096,8,8,1396;biovec-128,2048,16,8,233
msg_msg-8k,8192,4,8;msg_msg-4k,4096,8,8;msg_msg-2k,2048,16,8;msg_msg-1k,1024,16,4;msg_msg-512,512,16,2;msg_msg-256,256,16,1
msg_msg-128,128,32,1;msg_msg-64,64,64,1;msg_msg-32,32,128,1;msg_msg-16,16,256,1;msg_msg-8,8,512,1;msg_msg-192,192,21,1
msg_msg-96,96,42,1;mm_slot,40,102,1,213;memdup_user-8k,8192,4,8;memdup_user-4k,4096,8,8;memdup_user-2k,2048,16,8
memdup_user-1k,1024,16,4;memdup_user-512,512,16,2;memdup_user-256,256,16,1;memdup_user-128,128,32,1,10
memdup_user-64,64,64,1,19;memdup_user-32,32,128,1,19;memdup_user-16,16,256,1,19;memdup_user-8,8,512,1,19
memdup_user-192,192,21,1;memdup_user-96,96,42,1,19;user_namespace,672,12,2,39;uid_cache,128,32,1,19
iommu_iova_magazine,1024,16,4,310;dmaengine-unmap-2,64,64,1,10;sock_inode_cache,832,19,4,543;skbuff_small_head,576,14,2,155
skbuff_head_cache,256,16,1,233;tracefs_inode_cache,656,12,2,155;debugfs_inode_cache,640,12,2,834;file_lease_cache,160,25,1,19
file_lock_cache,192,21,1,48;buffer_head,104,39,1,20975;task_delay_info,256,16,1,19;taskstats,560,14,2,97
mem_cgroup,2240,14,8,543;pidfs_xattr_cache,16,256,1;pidfs_attr_cache,32,128,1,19;proc_dir_entry,192,21,1,272
pde_opener,40,102,1,19;proc_inode_cache,696,23,4,27811;seq_file,120,34,1,19;sigqueue,80,51,1,19;bdev_cache,1536,21,8,78
shmem_inode_cache,752,21,4,13615;kernfs_node_cache,136,30,1,5857;mnt_cache,384,21,2,213;bfilp,256,16,1,19;filp,192,21,1,1057
inode_cache,624,13,2,892;dentry,192,21,1,310284;names_cache,4096,8,8,388;net_namespace,4288,7,8,155
lsm_inode_cache,32,128,1,14778;lsm_file_cache,24,170,1,145;key_jar,256,16,1,78;uts_namespace,488,16,2,39;nsproxy,72,56,1,19
vm_area_struct,192,21,1,6895;files_cache,704,23,4,310;signal_cache,1152,14,4,815;sighand_cache,2112,15,8,1008
task_struct,5888,5,8,6361;anon_vma_chain,64,64,1,1513;anon_vma,104,39,1,1794;pid,192,21,1,359;Acpi-State,80,51,1,39
shared_policy_node,48,85,1,29;numa_policy,288,14,1,97;perf_event,1352,12,4,39;trace_event_file,96,42,1,543
ftrace_event_field,56,73,1,1464;pool_workqueue,512,16,2,330;radix_tree_node,584,14,2,18715;task_group,704,23,4,78
maple_node,256,16,1,2482;mm_struct,1600,20,8,621;vmap_area,72,56,1,1484;kmalloc_buckets,112,36,1,10;kmalloc-cg-8k,8192,4,8,233
kmalloc-cg-4k,4096,8,8,1241;kmalloc-cg-2k,2048,16,8,1396;kmalloc-cg-1k,1024,16,4,582;kmalloc-cg-512,512,16,2,252
kmalloc-cg-256,256,16,1,87;kmalloc-cg-128,128,32,1,39;kmalloc-cg-64,64,64,1,39;kmalloc-cg-32,32,128,1,19
kmalloc-cg-16,16,256,1,39;kmalloc-cg-8,8,512,1,19;kmalloc-cg-192,192,21,1,175;kmalloc-cg-96,96,42,1,68;dma-kmalloc-8k,8192,4,8
dma-kmalloc-4k,4096,8,8;dma-kmalloc-2k,2048,16,8;dma-kmalloc-1k,1024,16,4;dma-kmalloc-512,512,16,2;dma-kmalloc-256,256,16,1
dma-kmalloc-128,128,32,1;dma-kmalloc-64,64,64,1;dma-kmalloc-32,32,128,1;dma-kmalloc-16,16,256,1;dma-kmalloc-8,8,512,1
dma-kmalloc-192,192,21,1;dma-kmalloc-96,96,42,1;kmalloc-rcl-8k,8192,4,8;kmalloc-rcl-4k,4096,8,8;kmalloc-rcl-2k,2048,16,8
kmalloc-rcl-1k,1024,16,4;kmalloc-rcl-512,512,16,2,39;kmalloc-rcl-256,256,16,1;kmalloc-rcl-128,128,32,1,281
kmalloc-rcl-64,64,64,1;kmalloc-rcl-32,32,128,1;kmalloc-rcl-16,16,256,1;kmalloc-rcl-8,8,512,1;kmalloc-rcl-192,192,21,1,417
kmalloc-rcl-96,96,42,1,6041;kmalloc-8k,8192,4,8,931;kmalloc-4k,4096,8,8,3568;kmalloc-2k,2048,16,8,1862
kmalloc-1k,1024,16,4,2056;kmalloc-512,512,16,2,6342;kmalloc-256,256,16,1,621;kmalloc-128,128,32,1,8029;kmalloc-64,64,64,1,621
kmalloc-32,32,128,1,407;kmalloc-16,16,256,1,184;kmalloc-8,8,512,1,48;kmalloc-192,192,21,1,16097;kmalloc-96,96,42,1,970
kmem_cache_node,128,32,1,78;kmem_cache,256,16,1,155
`.trim().split(/[;\n]/).map((row) => {
  const [name = '', size = '', perSlab = '', pages = '', share = '0'] = row.split(',')
  return { name, size: Number(size), perSlab: Number(perSlab), pages: Number(pages), share: Number(share) }
})

const n = (value: number, width: number): string => String(value).padStart(width)

export default systemFile(({ kernel }) => {
  const { slabReclaimable, slabUnreclaimable } = pagesOf(kernel)
  const all = slabReclaimable + slabUnreclaimable
  return (
    'slabinfo - version: 2.1\n# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail>\n' +
    CACHES.map(({ name, size, perSlab, pages, share }) => {
      const slabs = share === 0 ? 0 : Math.max(1, Math.round((all * share) / 1_000_000 / pages))
      const objects = slabs * perSlab
      return `${name.padEnd(17)} ${n(objects, 6)} ${n(objects, 6)} ${n(size, 6)} ${n(perSlab, 4)} ${n(pages, 4)} : tunables ${n(0, 4)} ${n(0, 4)} ${n(0, 4)} : slabdata ${n(slabs, 6)} ${n(slabs, 6)} ${n(0, 6)}\n`
    }).join('')
  )
}, { mode: 0o400 })
