// The service worker: everything is fetched once and answered from the cache from then on. A new version waits until all pages of
// the old one are closed.
const CACHE = 'pause-lab-__VERSION__'
const BASE = '__BASE__'
const FILES = new Map(__FILES__)

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(CACHE).then(async (cache) => {
      for (const path of FILES.keys()) await cache.add(new Request(path, { cache: 'reload' }))
    }),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith('pause-lab-') && name !== CACHE) await caches.delete(name)
      await self.clients.claim()
    })(),
  )
})

/** The exported file that a path stands for. */
function fileOf(path) {
  if (FILES.has(path)) return path
  const index = `${path.replace(/\/?$/, '/')}index.html`
  return FILES.has(index) ? index : undefined
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== location.origin || !['GET', 'HEAD'].includes(request.method) || !url.pathname.startsWith(BASE)) return
  const file = fileOf(url.pathname)
  if (!file) return
  event.respondWith(
    caches.open(CACHE).then(async (cache) => {
      const hit = await cache.match(file)
      if (!hit) return fetch(request)
      // A response of its own: a cached one that is handed out as it is loses the fragment of a worker's address.
      return new Response(request.method === 'HEAD' ? null : hit.body, { status: hit.status, headers: hit.headers })
    }),
  )
})
