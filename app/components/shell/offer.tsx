'use client'

/** A newer version is here: it waits until it is asked for. */
export default function Offer({ worker, onLater }: { worker: ServiceWorker; onLater: () => void }) {
  const use = () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
    worker.postMessage('take over')
  }
  return (
    <div role="status" className="fade-in fixed end-4 bottom-4 z-40 flex max-w-sm flex-wrap items-center gap-2 rounded-soft border border-rule bg-sheet p-4 shadow-lift">
      <p className="w-full">A newer version of the lab is here. It begins when you say so, or when all its pages are closed.</p>
      <button type="button" className="button button-main" onClick={use}>
        Use it now
      </button>
      <button type="button" className="button" onClick={onLater}>
        Later
      </button>
    </div>
  )
}
