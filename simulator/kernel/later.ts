/**
 * Code that a page fetches when it is first needed. In the sources it is imported like any other; the bundle of the page's worker puts a stand-in in
 * its place (scripts/later.mjs), whose generators fetch the module and go on in it. The machine stands still meanwhile and goes on in the same step, so
 * nothing on it can tell.
 */
import type { Run } from './run'

const fetching = new Set<Promise<void>>()

/** What is being fetched: no machine runs until it is there. */
export const fetchedCode = (): readonly Promise<void>[] => [...fetching]

/** Gives a module that the host may have to fetch first. */
export function* later<T>(load: () => Promise<T>): Run<T> {
  const got: { module?: T; error?: unknown } = {}
  const done: Promise<void> = load()
    .then(
      (module) => {
        got.module = module
      },
      (error: unknown) => {
        got.error = error
      },
    )
    .finally(() => fetching.delete(done))
  fetching.add(done)
  while (fetching.has(done)) yield 'loading'
  if (got.module === undefined) throw got.error
  return got.module
}
