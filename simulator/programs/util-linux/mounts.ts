/** Mounts as libmount of util-linux 2.38 reads them from mountinfo (proc(5)) or fstab(5). */
import type { Run } from '../../kernel/run'
import { type ProcReader, readText } from '../procps/processes'

export interface MountEntry {
  readonly id: number
  readonly parent: number
  readonly device: string
  readonly root: string
  readonly target: string
  readonly vfsOptions: string
  readonly optional: string
  readonly type: string
  readonly source: string
  readonly fsOptions: string
  /** Both kinds of options, `ro` or `rw` first. */
  readonly options: string
  readonly freq: string
  readonly pass: string
}

const plain = (text: string): string => text.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))

/** `ro` when either says so. */
function merged(vfs: string, fs: string): string {
  if (vfs === fs) return vfs
  const words = [...vfs.split(','), ...fs.split(',')]
  return [words.includes('ro') ? 'ro' : 'rw', ...words.filter((w) => w !== 'ro' && w !== 'rw' && w !== '')].join(',')
}

export function parseMountinfo(text: string): MountEntry[] {
  return text.split('\n').filter((l) => l !== '').map((line) => {
    const [before = '', after = ''] = line.split(' - ')
    const [id, parent, device = '', root = '/', target = '/', vfsOptions = '', ...optional] = before.split(' ')
    const [type = '', source = '', fsOptions = ''] = after.split(' ')
    return {
      id: Number(id), parent: Number(parent), device, root: plain(root), target: plain(target), vfsOptions, optional: optional.join(' '), type, source: plain(source), fsOptions,
      options: merged(vfsOptions, fsOptions), freq: '0', pass: '0',
    }
  })
}

export function* readMounts(sys: ProcReader, file = '/proc/self/mountinfo'): Run<MountEntry[]> {
  return parseMountinfo((yield* readText(sys, file)) ?? '')
}

export function* readFstab(sys: ProcReader, file = '/etc/fstab'): Run<MountEntry[] | undefined> {
  const text = yield* readText(sys, file)
  return text?.split('\n').map((l) => l.trim()).filter((l) => l !== '' && !l.startsWith('#')).map((line) => {
    const [source = '', target = '', type = '', options = 'defaults', freq = '0', pass = '0'] = line.split(/\s+/)
    return { id: 0, parent: 0, device: '', root: '/', target: plain(target), vfsOptions: '', optional: '', type, source: plain(source), fsOptions: '', options, freq, pass }
  })
}

/** A table of mounts in either form: what begins with two numbers is mountinfo. */
export function* readTable(sys: ProcReader, file: string): Run<MountEntry[] | undefined> {
  const text = yield* readText(sys, file)
  return text !== undefined && /^\d+ +\d+/.test(text) ? parseMountinfo(text) : yield* readFstab(sys, file)
}

/** `shared`, `private,slave` … of the optional fields. */
export function propagationOf({ optional }: MountEntry): string {
  const words = optional.split(' ')
  const kinds = [words.some((w) => w.startsWith('shared:')) ? 'shared' : 'private', ...(words.some((w) => w.startsWith('master:')) ? ['slave'] : []), ...(words.includes('unbindable') ? ['unbindable'] : [])]
  return kinds.join(',')
}

/** A list of types as -t takes it: `ext4,tmpfs`, `noproc,sysfs`. */
export function matchesType(type: string, list: string): boolean {
  const inverse = list.startsWith('no')
  const names = (inverse ? list.slice(2) : list).split(',').map((n) => (inverse ? n.replace(/^no/, '') : n))
  return names.includes(type) !== inverse
}

/** Options as -O takes them: all must be there, `noX` must not; `+noX` is meant as it stands. */
export function matchesOptions(options: string, list: string): boolean {
  const has = (word: string): boolean => options.split(',').some((o) => o === word || o.startsWith(`${word}=`))
  return list.split(',').every((word) => (word.startsWith('+') ? has(word.slice(1)) : word.startsWith('no') && !has(word) ? !has(word.slice(2)) : has(word)))
}

const PSEUDO = new Set([
  'anon_inodefs', 'apparmorfs', 'autofs', 'bdev', 'binder', 'binfmt_misc', 'bpf', 'cgroup', 'cgroup2', 'configfs', 'cpuset', 'debugfs', 'devfs', 'devpts', 'devtmpfs', 'dlmfs', 'dmabuf',
  'drm', 'efivarfs', 'fuse', 'fuse.archivemount', 'fuse.avfsd', 'fuse.dumpfs', 'fuse.encfs', 'fuse.gvfs-fuse-daemon', 'fuse.gvfsd-fuse', 'fuse.lxcfs', 'fuse.rofiles-fuse',
  'fuse.vmware-vmblock', 'fuse.xwmfs', 'fusectl', 'hugetlbfs', 'ipathfs', 'mqueue', 'nfsd', 'none', 'nsfs', 'overlay', 'pipefs', 'proc', 'pstore', 'ramfs', 'resctrl', 'rootfs',
  'rpc_pipefs', 'securityfs', 'selinuxfs', 'smackfs', 'sockfs', 'spufs', 'sysfs', 'tmpfs', 'tracefs', 'vboxsf', 'virtiofs',
])
export const isPseudo = (type: string): boolean => PSEUDO.has(type)

/** Sizes with one digit behind the point: `23.5G`, `4K`, `0`. */
export function humanSize(bytes: number): string {
  const units = ['B', 'K', 'M', 'G', 'T', 'P', 'E']
  let exponent = 0
  while (exponent < units.length - 1 && bytes >= 1024 ** (exponent + 1)) exponent++
  const unit = 1024 ** exponent
  let whole = Math.floor(bytes / unit)
  let tenth = Math.floor(((bytes % unit) * 10 + unit / 2) / unit)
  if (exponent === 0) tenth = 0
  if (tenth === 10) {
    whole++
    tenth = 0
  }
  return `${whole}${tenth > 0 ? `.${tenth}` : ''}${units[exponent]}`
}
