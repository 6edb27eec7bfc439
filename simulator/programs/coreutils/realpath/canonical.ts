/** Canonical names when parts may be missing (gnulib canonicalize_filename_mode). */
import { Errno, isErrno } from '../../../kernel/errno'
import type { Sys } from '../../../kernel/sys'

const MAX_LINKS = 40

export function canonical(sys: Sys, path: string, mode: 'all-exist' | 'last-may-miss' | 'any-may-miss'): string {
  if (path === '') throw new Errno('ENOENT')
  const queue = path.split('/').filter((p) => p !== '' && p !== '.')
  let here = path.startsWith('/') ? '' : sys.getcwd().replace(/^\/$/, '')
  let links = 0
  while (queue.length > 0) {
    const name = queue.shift() ?? ''
    if (name === '..') {
      here = here.slice(0, Math.max(0, here.lastIndexOf('/')))
      continue
    }
    const next = `${here}/${name}`
    try {
      if (sys.lstat(next).kind === 'link') {
        const target = sys.readlink(next)
        if (++links > MAX_LINKS) {
          if (mode === 'any-may-miss') return [next, ...queue].join('/')
          throw new Errno('ELOOP')
        }
        if (/^[a-z]+:\[\d+\]$/.test(target) && sys.stat(next)) {
          // A link of /proc/PID/ns or fd leads to no path: its text stands for it.
          here = next.slice(0, next.lastIndexOf('/') + 1) + target
          continue
        }
        queue.unshift(...target.split('/').filter((p) => p !== '' && p !== '.'))
        if (target.startsWith('/')) here = ''
        continue
      }
      if (queue.length > 0 && sys.stat(next).kind !== 'dir' && mode !== 'any-may-miss') throw new Errno('ENOTDIR')
    } catch (error) {
      if (!isErrno(error, 'ENOENT', 'ENOTDIR') || mode === 'all-exist') throw error
      if (mode === 'last-may-miss' && (queue.length > 0 || isErrno(error, 'ENOTDIR'))) throw error
    }
    here = next
  }
  return here === '' ? '/' : here
}
