'use client'
import { useEffect, useState } from 'react'
import type { Progress } from '../../lib/progress/store'

const EMPTY: Progress = { version: 1, lessons: {} }
let shared: Progress = EMPTY
let stored = true
let loading: Promise<void> | null = null
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

const store = () => import('../../lib/progress/store')
/** Other tabs are told when something was stored. */
const others = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('pause-lab-progress')

async function reload(): Promise<void> {
  const { loadProgress, merged } = await store()
  shared = merged(await loadProgress(), shared)
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
    const kept = await saveProgress(next)
    if (kept) others?.postMessage('stored')
    if (kept !== stored) {
      stored = kept
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

/** The student's progress; `stored` is false when the browser keeps nothing. */
export function useProgress(): { progress: Progress; loaded: boolean; stored: boolean } {
  const [state, setState] = useState({ progress: shared, loaded: false, stored: true })
  useEffect(() => {
    const update = () => setState({ progress: shared, loaded: true, stored })
    listeners.add(update)
    loading ??= reload()
    void loading.then(update)
    return () => {
      listeners.delete(update)
    }
  }, [])
  return state
}
