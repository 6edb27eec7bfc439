'use client'
import { useEffect, useState } from 'react'
import { afterPrompt } from '../../lib/lab/prompt'
import type { Kept, Progress } from '../../lib/progress/store'

const EMPTY: Progress = { version: 1, lessons: {} }
let shared: Progress = EMPTY
let kept: Kept = 'yes'
let loading: Promise<void> | null = null
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

const store = () => afterPrompt().then(() => import('../../lib/progress/store'))
/** Other tabs are told when something was stored. */
const others = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('pause-lab-progress')

async function reload(): Promise<void> {
  const { loadProgress, merged } = await store()
  const loaded = await loadProgress()
  shared = merged(loaded.progress, shared)
  kept = loaded.kept
  tell()
}
if (others) others.onmessage = () => void reload()

/** Changes the student's progress and stores it. */
export function changeProgress(change: (progress: Progress) => Progress): void {
  const next = change(shared)
  if (next === shared) return
  shared = next
  tell()
  void (async () => {
    const { saveProgress } = await store()
    if (await saveProgress(next)) others?.postMessage('stored')
    else {
      kept = 'no'
      tell()
    }
  })()
}

export const currentProgress = (): Progress => shared

/** Begins anew, here and in the other tabs. */
export function resetProgress(): void {
  shared = EMPTY
  tell()
  others?.postMessage('stored')
}

/** Marks something of a lesson as done. */
export function done(slug: string, id: string): void {
  changeProgress((progress) => {
    const lesson = progress.lessons[slug] ?? { done: [] }
    return lesson.done.includes(id) ? progress : { ...progress, lessons: { ...progress.lessons, [slug]: { ...lesson, done: [...lesson.done, id] } } }
  })
}

/** Remembers the section that was opened last. */
export function opened(slug: string, section: string): void {
  changeProgress((progress) => {
    const lesson = progress.lessons[slug] ?? { done: [] }
    return lesson.section === section ? progress : { ...progress, lessons: { ...progress.lessons, [slug]: { ...lesson, section } } }
  })
}

/** The student's progress, and whether the browser keeps it. */
export function useProgress(): { progress: Progress; kept: Kept } {
  const [state, setState] = useState({ progress: shared, kept })
  useEffect(() => {
    const update = () => setState({ progress: shared, kept })
    listeners.add(update)
    loading ??= reload()
    void loading.then(update)
    return () => {
      listeners.delete(update)
    }
  }, [])
  return state
}
