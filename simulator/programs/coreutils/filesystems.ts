/** File systems by type: the magic numbers of statfs(2) and the names that stat(1) and tail(1) know them by. */
interface Known {
  readonly magic: number
  readonly name: string
}

const KNOWN: { readonly [type: string]: Known } = {
  ext4: { magic: 0xef53, name: 'ext2/ext3' }, ext3: { magic: 0xef53, name: 'ext2/ext3' }, ext2: { magic: 0xef53, name: 'ext2/ext3' },
  tmpfs: { magic: 0x1021994, name: 'tmpfs' }, devtmpfs: { magic: 0x1021994, name: 'tmpfs' }, proc: { magic: 0x9fa0, name: 'proc' }, sysfs: { magic: 0x62656572, name: 'sysfs' },
  devpts: { magic: 0x1cd1, name: 'devpts' }, mqueue: { magic: 0x19800202, name: 'mqueue' }, overlay: { magic: 0x794c7630, name: 'overlayfs' },
  cgroup: { magic: 0x27e0eb, name: 'cgroupfs' }, cgroup2: { magic: 0x63677270, name: 'cgroup2fs' }, nsfs: { magic: 0x6e736673, name: 'nsfs' },
  pipefs: { magic: 0x50495045, name: 'pipefs' }, xfs: { magic: 0x58465342, name: 'xfs' }, btrfs: { magic: 0x9123683e, name: 'btrfs' }, securityfs: { magic: 0x73636673, name: 'securityfs' },
}

export const magicOf = (type: string): number => KNOWN[type]?.magic ?? 0
export const nameOf = (type: string): string => KNOWN[type]?.name ?? `UNKNOWN (0x${magicOf(type).toString(16)})`
