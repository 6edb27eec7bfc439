'use client'
import { useEffect, useRef, useState } from 'react'
import { still } from '../still'

const FADE_MS = 900

export interface Lingering<T> {
  readonly item: T
  readonly leaving: boolean
}

/** The items, and for a moment those that have just gone, in their old places: so that one sees them fade. */
export function useLinger<T>(items: readonly T[], key: (item: T) => string): readonly Lingering<T>[] {
  const [gone, setGone] = useState<readonly { item: T; at: number }[]>([])
  const before = useRef(items)
  useEffect(() => {
    const keys = new Set(items.map(key))
    const left = before.current.map((item, at) => ({ item, at })).filter(({ item }) => !keys.has(key(item)))
    before.current = items
    if (left.length === 0 || still()) return
    setGone((g) => [...g, ...left])
    setTimeout(() => setGone((g) => g.filter((x) => !left.includes(x))), FADE_MS)
  }, [items, key])
  const all: Lingering<T>[] = items.map((item) => ({ item, leaving: false }))
  const keys = new Set(items.map(key))
  for (const { item, at } of gone) if (!keys.has(key(item))) all.splice(Math.min(at, all.length), 0, { item, leaving: true })
  return all
}
