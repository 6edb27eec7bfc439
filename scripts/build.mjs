// Builds the site: the lessons are checked, the reference is gathered, Next exports to out/ (or to OUT), the service worker gets its list of files.
// `--again`: the pages alone, from what the last build has made: the same site for another path.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { screenPath } from './screen.mjs'
import { lastBuilt, workerPath } from './worker.mjs'

/** A hash of all files below these folders: a session is lived again exactly by the simulator that it was made on. */
function versionOf(...folders) {
  const hash = createHash('sha256')
  for (const folder of folders) {
    for (const name of fs.readdirSync(folder, { recursive: true }).sort()) {
      const file = path.join(folder, name)
      if (fs.statSync(file).isFile() && !/\.test\.ts$|^cli/.test(name)) hash.update(name).update(fs.readFileSync(file))
    }
  }
  return hash.digest('hex').slice(0, 12)
}

const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NEXT_PUBLIC_SIMULATOR: versionOf('simulator', 'content/nodes', 'content/scenarios') }
const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env })
  if (status !== 0) process.exit(status ?? 1)
}

fs.mkdirSync('public/assets', { recursive: true })
// The package carries its wasm as base64 (simulator/programs/jq/host.md).
const [embedded] = /[A-Za-z0-9+/]{100000,}={0,2}/.exec(fs.readFileSync('node_modules/jq-wasm/dist/build/jq.js', 'utf8')) ?? []
if (!embedded) throw new Error('jq-wasm does not carry its wasm as expected')
fs.writeFileSync('public/assets/jq.wasm', Buffer.from(embedded, 'base64'))
const again = process.argv.includes('--again')
const out = process.env.OUT ?? 'out'
if (!again && !process.argv.includes('--unchecked')) run('scripts/lesson-check.mjs')
env.NEXT_PUBLIC_WORKER = again ? lastBuilt('worker') : await workerPath()
env.NEXT_PUBLIC_SCREEN = again ? lastBuilt('screen') : await screenPath()
if (!again) run('scripts/reference.mjs')
fs.rmSync(out, { recursive: true, force: true })
run('node_modules/next/dist/bin/next', 'build')

/** Where a lab was started before the page, the page's own scripts come after its prompt (lib/lab/early.ts). */
const afterPrompt = (scripts) => `<script>(window.earlyLab?.prompt??Promise.resolve()).then(()=>{for(const src of ${JSON.stringify(scripts)}){const s=document.createElement('script');s.src=src;document.head.append(s)}})</script>`
const OWN_SCRIPT = /<script src="([^"]+)"(?: id="[^"]*")? async=""><\/script>|<link rel="preload" as="script"[^>]*>/g

// A script waits for the style sheets before it: what starts a lab stands before them too, after the page's measures.
for (const name of fs.readdirSync(path.join(out, 'lessons'), { recursive: true })) {
  const file = path.join(out, 'lessons', name)
  if (path.basename(file) !== 'index.html') continue
  const html = fs.readFileSync(file, 'utf8')
  const [early] = /<script>if\(!window\.earlyLab.*?<\/script>/.exec(html) ?? []
  const at = html.indexOf('<link rel="stylesheet"')
  if (!early || at < 0 || at < html.indexOf('name="viewport"')) throw new Error(`${file}: the script that starts the lab has no place before the style sheets`)
  const scripts = [...html.matchAll(OWN_SCRIPT)].flatMap(([, src]) => src ?? [])
  if (scripts.length === 0) throw new Error(`${file}: the page's own scripts are not where they were`)
  fs.writeFileSync(file, html.slice(0, at) + early + afterPrompt(scripts) + html.slice(at).replace(OWN_SCRIPT, ''))
}

const base = process.env.BASE_PATH ?? ''
/** For browsers without modules: they have no service worker either. */
const old = new Set([...fs.readFileSync(path.join(out, 'index.html'), 'utf8').matchAll(/<script[^>]*?src="([^"]+)"[^>]*nomodule/gi)].map(([, url]) => url))
const files = []
for (const name of fs.readdirSync(out, { recursive: true })) {
  const file = path.join(out, name)
  // Left out: what no page asks for by itself (the worker's raw source, letters of scripts that no lesson uses, the README's picture; of the
  // reference the form that a move within the site fetches: without it the browser opens the page as a whole).
  if (!fs.statSync(file).isFile() || /\.map$|sw\.js$|\.ts$|cyrillic|greek|vietnamese|latin-ext|screenshot|^_not-found|^reference.*\.txt$/.test(name)) continue
  if (old.has(`${base}/${name.split(path.sep).join('/')}`)) continue
  files.push([`${base}/${name.split(path.sep).join('/')}`, createHash('sha256').update(fs.readFileSync(file)).digest('hex').slice(0, 12)])
}
files.sort()
const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 12)
// Next writes some files twice; each content is fetched and kept once, under its first path.
const first = new Map()
const same = []
for (const [url, hash] of files) {
  const known = first.get(hash)
  if (known) same.push([url, known])
  else first.set(hash, url)
}
const once = files.filter(([url, hash]) => first.get(hash) === url)
const template = fs.readFileSync('scripts/sw.template.js', 'utf8')
fs.writeFileSync(path.join(out, 'sw.js'), template.replace('__VERSION__', version).replace('__FILES__', () => JSON.stringify(once)).replace('__SAME__', () => JSON.stringify(same)).replace('__BASE__', base))
console.log(`${once.length} files for offline use, version ${version}`)
