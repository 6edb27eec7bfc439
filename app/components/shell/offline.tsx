'use client'
import { useEffect, useState } from 'react'

/**
 * Registers the service worker, so that the lab works without a network after the first visit. A new version waits until it is asked for;
 * nothing is exchanged under a lesson that is being read.
 */
export function Offline() {
  const [waiting, setWaiting] = useState<ServiceWorker | null>(null)
  useEffect(() => {
    if (!('serviceWorker' in navigator) || process.env.NODE_ENV !== 'production') return
    const begin = () => void register(setWaiting)
    // After the page itself: its files come first.
    if (document.readyState === 'complete') begin()
    else window.addEventListener('load', begin, { once: true })
    return () => window.removeEventListener('load', begin)
  }, [])
  if (!waiting) return null
  const use = () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
    waiting.postMessage('take over')
  }
  return (
    <div role="status" className="fade-in fixed end-4 bottom-4 z-40 flex max-w-sm flex-wrap items-center gap-2 rounded-soft border border-rule bg-sheet p-4 shadow-lift">
      <p className="w-full">A newer version of the lab is here. It begins when you say so, or when all its pages are closed.</p>
      <button type="button" className="button button-main" onClick={use}>
        Use it now
      </button>
      <button type="button" className="button" onClick={() => setWaiting(null)}>
        Later
      </button>
    </div>
  )
}

async function register(offer: (worker: ServiceWorker) => void): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.register(`${process.env.NEXT_PUBLIC_BASE_PATH ?? ''}/sw.js`)
    if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting)
    registration.addEventListener('updatefound', () => {
      const { installing } = registration
      installing?.addEventListener('statechange', () => {
        if (installing.state === 'installed' && navigator.serviceWorker.controller) offer(installing)
      })
    })
  } catch {
    // No service worker here: the lab works, as long as the network does.
  }
}
