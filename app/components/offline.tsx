'use client'
import { useEffect } from 'react'

/** Registers the service worker, so that the lab works without a network after the first visit. */
export function Offline() {
  useEffect(() => {
    if (!('serviceWorker' in navigator) || process.env.NODE_ENV !== 'production') return
    navigator.serviceWorker.register(`${process.env.NEXT_PUBLIC_BASE_PATH ?? ''}/sw.js`).catch(() => {})
  }, [])
  return null
}
