/** Mounted file systems as this process sees them: /proc/self/mountinfo (proc_pid_mountinfo(5)). */
import { decode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'

export interface MountEntry {
  readonly device: string
  readonly root: string
  readonly point: string
  readonly type: string
  readonly source: string
  readonly options: string
}

const unescape = (text: string): string => text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))

export function* mounts(sys: Sys): Run<MountEntry[]> {
  let text: string
  try {
    text = decode(yield* sys.readFile('/proc/self/mountinfo'))
  } catch (error) {
    if (!isErrno(error)) throw error
    return []
  }
  return text.split('\n').filter((line) => line !== '').map((line) => {
    const [left = '', right = ''] = line.split(' - ')
    const [, , device = '', root = '', point = '', options = ''] = left.split(' ')
    const [type = '', source = ''] = right.split(' ')
    return { device, root: unescape(root), point: unescape(point), type, source: unescape(source), options }
  })
}

/** The mount point that a path lies under: the longest that is a part of it; `?` where none is known. */
export function* mountPointOf(sys: Sys, path: string): Run<string> {
  const list = yield* mounts(sys)
  let real: string
  try {
    real = sys.realpath(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    return '?'
  }
  let best = '?'
  for (const { point } of list) {
    if ((real === point || point === '/' || real.startsWith(`${point}/`)) && (best === '?' || point.length >= best.length)) best = point
  }
  return best
}
