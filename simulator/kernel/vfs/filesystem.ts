/** A mounted file system's instance (super block): its type, device number and root. */
import type { StatFs } from '../sys'
import type { Directory, Inode } from './inode'

/** Numbers of devices: anonymous file systems get 0:N as the kernel gives them (get_anon_bdev). */
export const device = (major: number, minor: number): number => major * 1048576 + minor
export const majorOf = (dev: number): number => Math.floor(dev / 1048576)
export const minorOf = (dev: number): number => dev % 1048576

export abstract class FileSystem {
  /** As in mountinfo's type column: `ext4`, `overlay`, `proc`. */
  abstract readonly type: string
  readonly dev: number
  private lastInode: number
  constructor(dev: number, firstInode = 1) {
    this.dev = dev
    this.lastInode = firstInode
  }
  abstract readonly root: Directory | Inode
  nextInode(): number {
    return this.lastInode++
  }
  /** The super block's options as mountinfo's last column shows them, e.g. `rw,size=65536k,mode=755`. */
  options = 'rw'
  get readOnly(): boolean {
    return this.options === 'ro' || this.options.startsWith('ro,')
  }
  /** New options of its own from mount(2) with MS_REMOUNT. */
  reconfigure(_options: readonly string[]): void {}
  statfs(): StatFs {
    return { type: this.type, blockSize: 4096, blocks: 0, free: 0, available: 0, files: 0, filesFree: 0 }
  }
}
