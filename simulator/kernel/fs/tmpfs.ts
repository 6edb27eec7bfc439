/** tmpfs(5): the options that it knows, and how mountinfo shows them (mm/shmem.c, shmem_show_options). */
import { Errno } from '../errno'
import type { Kernel } from '../kernel'
import { HALF_THE_MEMORY, MEMORY, MemoryFs } from './memory'

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1_048_576, g: 1_073_741_824, t: 1_099_511_627_776 }

/** `65536k`, `10%`: bytes, whole pages. EINVAL. */
function bytesOf(text: string): number {
  const percent = /^(\d+)%$/.exec(text)
  if (percent) return Math.floor((MEMORY * Number(percent[1])) / 100 / 4096) * 4096
  return Math.ceil(numberOf(text) / 4096) * 4096
}

function numberOf(text: string): number {
  const match = /^(\d+)([kmgt]?)$/i.exec(text)
  if (!match) throw new Errno('EINVAL')
  return Number(match[1]) * (UNITS[(match[2] ?? '').toLowerCase()] ?? 1)
}

function octal(text: string): number {
  if (!/^[0-7]+$/.test(text)) throw new Errno('EINVAL')
  return Number.parseInt(text, 8) & 0o7777
}

function id(text: string): number {
  if (!/^\d+$/.test(text)) throw new Errno('EINVAL')
  return Number(text)
}

interface Settings {
  size?: number
  inodes?: number
  mode?: number
  uid?: number
  gid?: number
}

const OWN: Readonly<Record<string, (settings: Settings, value: string) => void>> = {
  size: (s, value) => void (s.size = bytesOf(value)),
  nr_blocks: (s, value) => void (s.size = numberOf(value) * 4096),
  nr_inodes: (s, value) => void (s.inodes = numberOf(value)),
  mode: (s, value) => void (s.mode = octal(value)),
  uid: (s, value) => void (s.uid = id(value)),
  gid: (s, value) => void (s.gid = id(value)),
  huge: () => {}, mpol: () => {}, inode32: () => {}, inode64: () => {}, noswap: () => {},
}

/** Words of mount(2) that no file system sees. */
const GENERAL = /^(r[ow]|(no)?(suid|dev|exec|atime|diratime|relatime)|relatime|strictatime|lazytime|nolazytime|sync|async|dirsync|mand|nomand|silent|remount|defaults|r?(shared|slave|private|unbindable))$/

function settingsOf(options: readonly string[]): Settings {
  const settings: Settings = {}
  for (const option of options) {
    const [name = '', value = ''] = option.split('=', 2)
    const take = OWN[name]
    if (take) take(settings, value)
    else if (!GENERAL.test(option)) throw new Errno('EINVAL')
  }
  return settings
}

function shown(s: Settings, access: string): string {
  return [
    access, ...(s.size === undefined ? [] : [`size=${s.size / 1024}k`]), ...(s.inodes === undefined ? [] : [`nr_inodes=${s.inodes}`]),
    ...(s.mode === undefined || s.mode === 0o1777 ? [] : [`mode=${s.mode.toString(8).padStart(3, '0')}`]), ...(s.uid ? [`uid=${s.uid}`] : []), ...(s.gid ? [`gid=${s.gid}`] : []),
  ].join(',')
}

export class TmpFs extends MemoryFs {
  private settings: Settings
  constructor(kernel: Kernel, options: readonly string[]) {
    const settings = settingsOf(options)
    super({
      type: 'tmpfs', dev: kernel.anonymousDevice(), now: () => kernel.clock.realtime(), capacity: settings.size ?? HALF_THE_MEMORY, rootMode: settings.mode ?? 0o1777,
      options: shown(settings, options.includes('ro') ? 'ro' : 'rw'),
    })
    this.settings = settings
    if (settings.uid || settings.gid) this.root.setAttributes({ uid: settings.uid ?? 0, gid: settings.gid ?? 0 })
  }
  /** EINVAL: smaller than what is in it. */
  override reconfigure(options: readonly string[]): void {
    const next = settingsOf(options)
    if (next.size !== undefined && next.size < this.used) throw new Errno('EINVAL')
    this.settings = { ...this.settings, ...(next.size === undefined ? {} : { size: next.size }), ...(next.inodes === undefined ? {} : { inodes: next.inodes }) }
    if (next.size !== undefined) this.capacity = next.size
    this.options = shown(this.settings, this.options.slice(0, 2))
  }
}
