/** /proc/sys/fs (admin-guide/sysctl/fs.rst). Limits of message queues belong to an ipc namespace. */
import { systemFile } from '../entry'
import { sysctlFolder } from '../sysctl'

const MQUEUE = sysctlFolder(() => `
msg_default 10 [1 65536]
msg_max 10 [1 65536]
msgsize_default 8192 [128 16777216]
msgsize_max 8192 [128 16777216]
queues_max 256
`, { owner: ({ viewer }) => viewer.ns.ipc, base: 'fs/mqueue/' })

export default sysctlFolder(() => `
aio-max-nr 65536
aio-nr:r 0
dentry-negative 0
dentry-state:r 61855 53446 45 0 12455 0
dir-notify-enable 1
epoll/max_user_watches 5491511
fanotify/max_queued_events 16384
fanotify/max_user_groups 128
fanotify/max_user_marks 205039
fanotify/watchdog_timeout 0
file-max 2466177
fuse/default_request_timeout 0
fuse/max_pages_limit 256
fuse/max_request_timeout 0
inode-nr:r 38674 0
inode-state:r 38674 0 0 0 0 0 0
inotify/max_queued_events 16384 [0 2147483647]
inotify/max_user_instances 128 [0 2147483647]
inotify/max_user_watches 192536 [0 2147483647]
lease-break-time 45 [0 2147483647]
leases-enable 1 [0 1]
mount-max 100000 [1 2147483647]
nr_open 1048576 [64 2147483584]
overflowgid 65534
overflowuid 65534
pipe-max-size 1048576 [0 2147483648]
pipe-user-pages-hard 0
pipe-user-pages-soft 16384
protected_fifos 0 [0 2]
protected_hardlinks 1 [0 1]
protected_regular 0 [0 2]
protected_symlinks 0 [0 1]
quota/allocated_dquots:r 0
quota/cache_hits:r 0
quota/drops:r 0
quota/free_dquots:r 0
quota/lookups:r 0
quota/reads:r 0
quota/syncs:r 0
quota/writes:r 0
suid_dumpable 0 [0 2]
`, {
  own: {
    'file-nr': systemFile(({ kernel }) => `${kernel.tasks().reduce((sum, t) => sum + t.fds.size, 0)}\t0\t2466177\n`),
    mqueue: MQUEUE,
  },
})
