// The service worker: everything is fetched once and answered from the cache from then on. A new version fetches what changed, and then waits
// until it is asked to take over, or until all pages of the old one are closed.
const BASE = '__BASE__'
/** By the path too: two labs of one origin do not take from each other. */
const PREFIX = `pause-lab ${BASE}/ `
const CACHE = `${PREFIX}__VERSION__`
/** Path -> hash of the content. */
const FILES = new Map(__FILES__)
/** Paths with the content of another. */
const SAME = new Map(__SAME__)
/** Where a cache keeps its own list. */
const LIST = `${BASE}/sw-files.json`
const AT_ONCE = 6

async function install() {
  const cache = await caches.open(CACHE)
  const kept = await earlier()
  const paths = [...FILES.keys()]
  const next = async () => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
      const known = kept.get(`${path} ${FILES.get(path)}`)
      const hit = known && (await known.match(path))
      if (hit) await cache.put(path, hit)
      else await cache.add(new Request(path, { cache: 'no-cache' }))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
  await cache.put(LIST, Response.json([...FILES]))
}

/** What older caches hold, by path and hash. */
async function earlier() {
  const kept = new Map()
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX) || name === CACHE) continue
    const cache = await caches.open(name)
    const list = await cache.match(LIST)
    if (list) for (const [path, hash] of await list.json()) kept.set(`${path} ${hash}`, cache)
  }
  return kept
}

self.addEventListener('install', (event) => event.waitUntil(install()))

self.addEventListener('message', (event) => {
  if (event.data === 'take over') self.skipWaiting()
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name)
      await self.clients.claim()
    })(),
  )
})

/** The exported file that a path stands for. */
function fileOf(path) {
  for (const file of [path, `${path.replace(/\/?$/, '/')}index.html`]) {
    if (FILES.has(file)) return file
    if (SAME.has(file)) return SAME.get(file)
  }
  return undefined
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== location.origin || !['GET', 'HEAD'].includes(request.method) || !url.pathname.startsWith(BASE)) return
  const file = fileOf(url.pathname) ?? (request.mode === 'navigate' ? `${BASE}/404.html` : undefined)
  if (!file) return
  event.respondWith(
    caches.open(CACHE).then(async (cache) => {
      const hit = await cache.match(file)
      if (!hit) return fetch(request)
      // As it is: with it comes what the browser compiled of a script. A page must not be answered with the end of a redirection, though.
      if (request.method === 'GET' && !hit.redirected && !file.endsWith('/404.html')) return hit
      return new Response(request.method === 'HEAD' ? null : hit.body, { status: file.endsWith('/404.html') ? 404 : hit.status, headers: hit.headers })
    }),
  )
})
