/** Work in another network namespace: the calling task enters the one that a path leads to (setns(2)), and comes back. */
import type { Run } from '../run'
import type { Sys } from '../sys'

const isRun = <T>(value: Run<T> | T): value is Run<T> => typeof value === 'object' && value !== null && Symbol.iterator in value && 'next' in value

/** `home` is a descriptor of the caller's own. Errno where the path leads to none; then nothing was done. */
export function* inNetns<T>(sys: Sys, path: string, work: (home: number) => Run<T> | T): Run<T> {
  const home = yield* sys.open('/proc/self/ns/net', { read: true, closeOnExec: true })
  let there: number
  try {
    there = yield* sys.open(path, { read: true, closeOnExec: true })
  } catch (error) {
    sys.close(home)
    throw error
  }
  sys.setns(there, 'net')
  try {
    const value = work(home)
    return isRun(value) ? yield* value : value
  } finally {
    sys.setns(home, 'net')
    sys.close(there)
    sys.close(home)
  }
}
