/**
 * What a student has done, kept in the browser (IndexedDB). Read through a schema with a version; a stored value that does not fit is put
 * aside, never lost silently. Several tabs: what is stored is merged in one transaction, so none takes from another what was done.
 */
import { get, set, update } from 'idb-keyval'
import * as z from 'zod/mini'

export const VERSION = 1
const Schema = z.object({
  version: z.literal(VERSION),
  /** By lesson slug: ids of what was solved, and the last section opened. */
  lessons: z.record(z.string(), z.object({ done: z.array(z.string()), section: z.optional(z.string()) })),
})
export type Progress = z.infer<typeof Schema>

const KEY = 'pause-lab-progress'
const SPARE = 'pause-lab-progress-unreadable'
export const EMPTY: Progress = { version: VERSION, lessons: {} }

/** A progress file of a version that is not known yet. */
export const isNewer = (value: unknown): boolean => {
  const result = z.safeParse(z.object({ version: z.number() }), value)
  return result.success && result.data.version > VERSION
}

/** A stored or imported value as progress of this version; undefined when it is none. Older versions are brought up to date here. */
export function readProgress(value: unknown): Progress | undefined {
  const result = z.safeParse(Schema, value)
  return result.success ? result.data : undefined
}

/** Both together: nothing that was done in either is missing. */
export function merged(a: Progress, b: Progress): Progress {
  const lessons: Progress['lessons'] = { ...a.lessons }
  for (const [slug, theirs] of Object.entries(b.lessons)) {
    const mine = lessons[slug]
    const section = theirs.section ?? mine?.section
    lessons[slug] = { done: [...new Set([...(mine?.done ?? []), ...theirs.done])], ...(section ? { section } : {}) }
  }
  return { version: VERSION, lessons }
}

/** `no`: the browser stores nothing (private mode, a full disk). `aside`: what was stored cannot be read here, and was set aside. */
export type Kept = 'yes' | 'no' | 'aside'

/** The stored progress, or an empty one. What cannot be read is kept under another key; where that fails it is not written over. */
export async function loadProgress(): Promise<{ progress: Progress; kept: Kept }> {
  try {
    const stored: unknown = await get(KEY)
    if (stored === undefined) return { progress: EMPTY, kept: 'yes' }
    const progress = readProgress(stored)
    if (progress) return { progress, kept: 'yes' }
    await set(SPARE, stored)
    return { progress: EMPTY, kept: 'aside' }
  } catch {
    return { progress: EMPTY, kept: 'no' }
  }
}

/** What was set aside, as the text of a file. */
export async function setAside(): Promise<string | undefined> {
  try {
    const stored: unknown = await get(SPARE)
    return stored === undefined ? undefined : JSON.stringify(stored, null, 2)
  } catch {
    return undefined
  }
}

/** Adds to what is stored; false when the browser does not let us. */
export async function saveProgress(progress: Progress): Promise<boolean> {
  try {
    const stored: unknown = await get(KEY)
    if (stored !== undefined && !readProgress(stored)) await set(SPARE, stored)
    await update<unknown>(KEY, (stored) => merged(readProgress(stored) ?? EMPTY, progress))
    return true
  } catch {
    return false
  }
}

/** Forgets what was done. */
export async function clearProgress(): Promise<boolean> {
  try {
    await set(KEY, EMPTY)
    return true
  } catch {
    return false
  }
}
