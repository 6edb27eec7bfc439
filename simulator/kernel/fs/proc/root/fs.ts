/** /proc/fs: what file systems tell of their disks. */
import { folder, systemFile, systemLink } from '../entry'
import { DISK } from '../machine'

const OPTIONS = `
rw;bsddf;nogrpid;block_validity;dioread_nolock;discard;delalloc;nowarn_on_error;nojournal_checksum;barrier;auto_da_alloc;user_xattr;acl;noquota;resv_strict;resuid=65534;resgid=65534
errors=continue;commit=5;min_batch_time=0;max_batch_time=15000;i_version;stripe=0;inode_readahead_blks=32;init_itable=10;max_dir_size_kb=0;prefetch_block_bitmaps
`.trim().replaceAll(';', '\n')

export default folder({
  ext4: folder({ [DISK.name]: folder({ options: systemFile(() => `${OPTIONS}\n`) }) }),
  jbd2: folder<null>({}),
  nfsd: folder<null>({}),
  xfs: folder({ stat: systemLink(() => '/sys/fs/xfs/stats/stats') }),
})
