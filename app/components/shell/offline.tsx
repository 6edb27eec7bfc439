'use client'
import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { afterPrompt } from '../../../lib/lab/prompt'

const Offer = dynamic(() => import('./offer'), { ssr: false })

/**
 * Registers the service worker, so that the lab works without a network after the first visit. A new version waits until it is asked for;
 * nothing is exchanged under a lesson that is being read.
 */
export function Offline() {
  const [waiting, setWaiting] = useState<ServiceWorker | null>(null)
  useEffect(() => {
    if (!('serviceWorker' in navigator) || process.env.NODE_ENV !== 'production') return
    // After the page itself and its prompt: their files come first.
    const begin = () => void afterPrompt().then(() => register(setWaiting))
    if (document.readyState === 'complete') begin()
    else window.addEventListener('load', begin, { once: true })
    return () => window.removeEventListener('load', begin)
  }, [])
  return waiting ? <Offer worker={waiting} onLater={() => setWaiting(null)} /> : null
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
