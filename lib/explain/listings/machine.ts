/** Columns of what the machine is made of: df(1), findmnt(8), lsblk(8), free(1), vmstat(8), ipcs(1), lsipc(1), prlimit(1), files of /proc. */
import type { Listing } from '../listing'

const DF = {
  Filesystem: 'What is mounted: a device, or only a name.',
  Type: 'The file system’s type. overlay is a container’s root.',
  Size: 'How much it holds.',
  '1K-blocks': 'How much it holds, in KiB.',
  Used: 'How much of it is taken.',
  Avail: 'How much is left for users.',
  Available: 'How much is left for users.',
  'Use%': 'How full it is.',
  Inodes: 'How many files and folders it can hold.',
  IUsed: 'How many it holds.',
  IFree: 'How many more it can hold.',
  'IUse%': 'How full it is, in files.',
  'Mounted on': 'The mount point.',
} as const

const FINDMNT = {
  TARGET: 'The mount point.',
  SOURCE: 'What is mounted there; in brackets the folder of it.',
  FSTYPE: 'The file system’s type. overlay is a container’s root.',
  OPTIONS: 'Options of the mount and of the file system.',
  SIZE: 'How much it holds.',
  USED: 'How much of it is taken.',
  AVAIL: 'How much is left for users.',
  'USE%': 'How full it is.',
  PROPAGATION: 'Whether what is mounted below it appears elsewhere too: shared with its peers, slave from them only, private not at all.',
  ID: 'The mount’s own number.',
  PARENT: 'The number of the mount that it lies on.',
  LABEL: 'The file system’s name.',
  UUID: 'The file system’s number, unique in the world.',
} as const

const LSBLK = { NAME: 'The device’s name in /dev.', 'MAJ:MIN': 'Its number: of the driver, and which of the driver’s devices.', RM: 'Whether it can be taken out.', SIZE: 'How much it holds.', RO: 'Whether it can only be read.', TYPE: 'disk, part (a partition), loop (a file) …', MOUNTPOINTS: 'Where it is mounted, in this mount namespace.', FSTYPE: 'The file system on it.', FSVER: 'Its version.', LABEL: 'Its name.', UUID: 'Its number, unique in the world.', FSAVAIL: 'How much is left on it.', 'FSUSE%': 'How full it is.' } as const

const OBJECT = { key: 'The name by which programs find it; 0x00000000 is without a name.', owner: 'Whose it is.', perms: 'What owner, group and others may.' } as const

const SYSVIPC = {
  key: 'The name by which programs find it; 0 is without a name.', shmid: 'The segment’s number, in this IPC namespace.', semid: 'The array’s number, in this IPC namespace.', msqid: 'The queue’s number, in this IPC namespace.', perms: 'What owner, group and others may, octal.',
  size: 'Its length in bytes.', cpid: 'Who made it.', lpid: 'Who attached or let it go last.', nattch: 'How many have it in their memory.', nsems: 'How many semaphores it has.', cbytes: 'Bytes that wait in it.', qnum: 'Messages that wait in it.', lspid: 'Who sent last.', lrpid: 'Who received last.',
  uid: 'Its owner.', gid: 'Its group.', cuid: 'Who made it.', cgid: 'The group of who made it.', atime: 'When it was last attached.', dtime: 'When it was last let go.', otime: 'When it was last operated.', stime: 'When the last message was sent.', rtime: 'When the last message was received.', ctime: 'When it was last changed.', rss: 'What of it lies in RAM.', swap: 'What of it is in swap.',
} as const

const LIMITS = { RESOURCE: 'What is limited.', DESCRIPTION: 'The same in words.', SOFT: 'What holds; the process may raise it up to the hard limit.', HARD: 'The most; only root may raise it.', UNITS: 'In what it is counted.', LIMIT: 'The most that there may be.', USED: 'How much of it is taken.', 'USE%': 'How much of it is taken, in per cent.' } as const

export const MACHINE: readonly Listing[] = [
  { name: 'df', head: ['Filesystem', 'Size', 'Used'], columns: DF },
  { name: 'df', head: ['Filesystem', '1K-blocks', 'Used'], columns: DF },
  { name: 'df -T', head: ['Filesystem', 'Type'], columns: DF },
  { name: 'df -i', head: ['Filesystem', 'Inodes', 'IUsed'], columns: DF },
  { name: 'free', head: ['total', 'used', 'free'], columns: { total: 'All memory.', used: 'What cannot be had at once.', free: 'What nobody uses.', shared: 'tmpfs and shared memory.', 'buff/cache': 'What the kernel keeps of files; it gives way.', available: 'What a new program could have.' } },
  {
    name: 'vmstat',
    head: ['r', 'b', 'swpd', 'free'],
    columns: { r: 'Processes that run or could run.', b: 'Processes that wait for a disk.', swpd: 'Memory that is swapped out.', free: 'Memory that nobody uses.', buff: 'What the kernel keeps of devices.', cache: 'What it keeps of files.', si: 'Swapped in, each second.', so: 'Swapped out, each second.', bi: 'Blocks read, each second.', bo: 'Blocks written, each second.', in: 'Interrupts, each second.', cs: 'Changes from one process to another, each second.', us: 'CPU time in programs, in per cent.', sy: 'CPU time in the kernel, in per cent.', id: 'CPU time in nothing, in per cent.', wa: 'CPU time in nothing while a disk was waited for, in per cent.', st: 'CPU time that the host gave to others, in per cent.' },
  },
  { name: 'findmnt', head: ['TARGET', 'SOURCE', 'FSTYPE', 'OPTIONS'], columns: FINDMNT },
  { name: 'findmnt -D', head: ['SOURCE', 'FSTYPE', 'SIZE'], columns: FINDMNT },
  { name: 'lsblk', head: ['NAME', 'MAJ:MIN'], columns: LSBLK },
  { name: 'lsblk -f', head: ['NAME', 'FSTYPE'], columns: LSBLK },
  { name: '/proc/PID/limits', head: ['Limit', 'Soft Limit', 'Hard Limit'], columns: { Limit: 'What is limited.', 'Soft Limit': 'What holds; the process may raise it up to the hard limit.', 'Hard Limit': 'The most; only root may raise it.', Units: 'In what it is counted.' } },
  { name: 'prlimit', head: ['RESOURCE', 'DESCRIPTION', 'SOFT'], columns: LIMITS },
  { name: 'lsipc', head: ['RESOURCE', 'DESCRIPTION', 'LIMIT'], columns: LIMITS },
  { name: 'ipcs -q', head: ['key', 'msqid', 'owner'], columns: { ...OBJECT, msqid: 'The queue’s number, in this IPC namespace: all containers of a pod see the same ones.', 'used-bytes': 'Bytes that wait in it.', messages: 'Messages that wait in it.' } },
  { name: 'ipcs -m', head: ['key', 'shmid', 'owner'], columns: { ...OBJECT, shmid: 'The segment’s number, in this IPC namespace: all containers of a pod see the same ones.', bytes: 'Its length.', nattch: 'How many have it in their memory.', status: 'dest: it goes with the last who has it.' } },
  { name: 'ipcs -s', head: ['key', 'semid', 'owner'], columns: { ...OBJECT, semid: 'The array’s number, in this IPC namespace: all containers of a pod see the same ones.', nsems: 'How many semaphores it has.' } },
  { name: '/proc/sysvipc/shm', head: ['key', 'shmid', 'perms'], columns: SYSVIPC },
  { name: '/proc/sysvipc/sem', head: ['key', 'semid', 'perms'], columns: SYSVIPC },
  { name: '/proc/sysvipc/msg', head: ['key', 'msqid', 'perms'], columns: SYSVIPC },
  { name: '/proc/cgroups', head: ['#subsys_name', 'hierarchy'], columns: { '#subsys_name': 'The controller: what it limits or counts.', hierarchy: 'The number of its tree, as in /proc/PID/cgroup; 0 is cgroup v2.', num_cgroups: 'How many groups that tree has.', enabled: 'Whether the kernel has it switched on.' } },
  { name: '/proc/partitions', head: ['major', 'minor', '#blocks'], columns: { major: 'The number of the driver.', minor: 'Which of the driver’s devices.', '#blocks': 'How much it holds, in KiB.', name: 'Its name in /dev.' } },
  { name: '/proc/swaps', head: ['Filename', 'Type', 'Size'], columns: { Filename: 'Where memory is swapped out to. Kubernetes’ nodes have nothing here.', Type: 'A partition or a file.', Size: 'How much it holds, in KiB.', Used: 'How much of it is taken.', Priority: 'Of several the one with the higher number is taken first.' } },
]
