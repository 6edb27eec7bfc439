// Serves out/ as any static server does. Prints the address.
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import zlib from 'node:zlib'

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.webmanifest': 'application/manifest+json', '.png': 'image/png', '.wasm': 'application/wasm',
}

/** What is worth packing, as static hosts do. */
const PACKED = new Set(['.html', '.js', '.css', '.txt', '.json', '.svg', '.wasm', '.webmanifest'])
const packs = new Map()

function gzipped(file) {
  const { mtimeMs } = fs.statSync(file)
  const known = packs.get(file)
  if (known?.mtimeMs === mtimeMs) return known.bytes
  const bytes = zlib.gzipSync(fs.readFileSync(file))
  packs.set(file, { mtimeMs, bytes })
  return bytes
}

/** Starts serving a folder below a base path; resolves with the server and its address. Throws where the folder holds no site. */
export function serve({ root = 'out', port = Number(process.env.PORT ?? 3000), base = process.env.BASE_PATH ?? '' } = {}) {
  const top = path.resolve(root)
  if (!fs.existsSync(path.join(top, '404.html'))) throw new Error(`${root}/ holds no site: make it with npm run build`)
  const server = http.createServer((request, response) => {
    let name
    try {
      name = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    } catch {
      response.writeHead(400).end()
      return
    }
    if (!name.startsWith(base)) {
      response.writeHead(404).end()
      return
    }
    let file = path.join(top, name.slice(base.length))
    if (file !== top && !file.startsWith(top + path.sep)) {
      response.writeHead(403).end()
      return
    }
    if (fs.existsSync(file) && fs.statSync(file).isDirectory()) file = path.join(file, 'index.html')
    const found = fs.existsSync(file)
    if (!found) file = path.join(top, '404.html')
    const packed = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') && PACKED.has(path.extname(file))
    response.writeHead(found ? 200 : 404, { ...(packed ? { 'content-encoding': 'gzip', vary: 'accept-encoding' } : {}), 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream', 'cache-control': name.includes('/_next/static/') ? 'public,max-age=31536000,immutable' : 'no-cache' })
    if (request.method === 'HEAD') response.end()
    else if (packed) response.end(gzipped(file))
    else fs.createReadStream(file).pipe(response)
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve({ server, address: `http://127.0.0.1:${server.address().port}${base}/` }))
  })
}

if (process.argv[1]?.endsWith('serve.mjs')) {
  const { address } = await serve()
  console.log(address)
}
