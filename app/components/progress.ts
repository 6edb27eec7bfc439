'use client'
import { useEffect, useState } from 'react'
import { EMPTY, loadProgress, type Progress, saveProgress } from '../../lib/progress/store'

let shared: Progress = EMPTY
let loading: Promise<void> | null = null
let trouble = false
const listeners = new Set<() => void>()

/** Changes the student's progress and stores it. */
export function changeProgress(change: (progress: Progress) => Progress): void {
  const next = change(shared)
  if (next === shared) return
  shared = next
  for (const listener of listeners) listener()
  void saveProgress(next).then((stored) => {
    if (stored || trouble) return
    trouble = true
    for (const listener of listeners) listener()
  })
}

/** The student's progress; `stored` is false when the browser keeps nothing. */
export function useProgress(): { progress: Progress; loaded: boolean; stored: boolean } {
  const [state, setState] = useState({ progress: shared, loaded: false, stored: true })
  useEffect(() => {
    const update = () => setState({ progress: shared, loaded: true, stored: !trouble })
    listeners.add(update)
    loading ??= loadProgress().then((progress) => {
      shared = progress
      for (const listener of listeners) listener()
    })
    void loading.then(update)
    return () => {
      listeners.delete(update)
    }
  }, [])
  return state
}
