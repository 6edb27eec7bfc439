/** What a student has done, kept in the browser (IndexedDB). A stored value that does not fit is put aside, never lost silently. */
import { get, set } from 'idb-keyval'
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

/** The stored progress, or an empty one. What cannot be read is kept under another key. */
export async function loadProgress(): Promise<Progress> {
  try {
    const stored: unknown = await get(KEY)
    if (stored === undefined) return EMPTY
    const result = z.safeParse(Schema, stored)
    if (result.success) return result.data
    await set(SPARE, stored)
  } catch {
    // Private mode or a full disk: the lesson goes on without a memory.
  }
  return EMPTY
}

/** Stores progress; false when the browser does not let us. */
export async function saveProgress(progress: Progress): Promise<boolean> {
  try {
    await set(KEY, progress)
    return true
  } catch {
    return false
  }
}

/** Marks something of a lesson as done. */
export function withDone(progress: Progress, slug: string, id: string): Progress {
  const lesson = progress.lessons[slug] ?? { done: [] }
  return lesson.done.includes(id) ? progress : { ...progress, lessons: { ...progress.lessons, [slug]: { ...lesson, done: [...lesson.done, id] } } }
}

export function withSection(progress: Progress, slug: string, section: string): Progress {
  const lesson = progress.lessons[slug] ?? { done: [] }
  return { ...progress, lessons: { ...progress.lessons, [slug]: { ...lesson, section } } }
}
