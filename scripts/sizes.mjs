#!/usr/bin/env node
// The budgets of the built site, gzipped: what a lesson loads before the terminal, with terminal and simulator, and all that is kept for use
// without a network. Ends with 1 when one is passed. Figures of a build in out/.
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'

const LESSON = 'lessons/the-pause-container'
/** In bytes. With the simulator it was to be 400 kB; all of its commands come in one piece, so this one only keeps it from growing unseen. */
const BUDGETS = { first: 150_000, running: 1_300_000, offline: 3_000_000 }

const sizes = new Map()
const gz = (file) => {
  if (!sizes.has(file)) sizes.set(file, zlib.gzipSync(fs.readFileSync(file)).length)
  return sizes.get(file)
}
const base = process.env.BASE_PATH ?? ''
const local = (url) => path.join('out', url.slice(base.length))

const html = fs.readFileSync(`out/${LESSON}/index.html`, 'utf8')
const first = new Set([...html.matchAll(/<script[^>]*?src="([^"]+\.js)"[^>]*>/g)].filter(([tag]) => !/nomodule/i.test(tag)).map(([, url]) => local(url)))
const firstSize = [...first].reduce((n, file) => n + gz(file), 0)

/** Chunks that hold the terminal and the simulator, by what only they contain. */
const chunks = fs.readdirSync('out/_next/static/chunks').filter((f) => f.endsWith('.js')).map((f) => path.join('out/_next/static/chunks', f)).filter((f) => !first.has(f))
const holding = (mark) => chunks.filter((f) => fs.readFileSync(f, 'utf8').includes(mark))
const later = new Set([...holding('xterm-screen'), ...holding('containerd-shim-runc-v2'), ...holding('data-terminal-id')])
const running = firstSize + [...later].reduce((n, file) => n + gz(file), 0)

const [, list] = /const FILES = new Map\((\[.*?\])\)\n/s.exec(fs.readFileSync('out/sw.js', 'utf8')) ?? []
const kept = JSON.parse(list ?? '[]').map(([url]) => local(url))
const offline = kept.reduce((n, file) => n + (/\.(woff2|png|wasm)$/.test(file) && !file.endsWith('.wasm') ? fs.statSync(file).size : gz(file)), 0)

let failed = 0
for (const [name, size, what] of [['first', firstSize, 'a lesson before its terminal, JavaScript'], ['running', running, 'with terminal and simulator, JavaScript'], ['offline', offline, `all ${kept.length} files kept for use without a network`]]) {
  const fits = size <= BUDGETS[name]
  if (!fits) failed++
  console.log(`${fits ? 'fits ' : 'LARGE'} ${(size / 1000).toFixed(1).padStart(8)} kB of ${BUDGETS[name] / 1000} kB  ${what}`)
}
if (process.argv.includes('-v')) for (const file of [...first, ...later]) console.log(`  ${String(gz(file)).padStart(8)} ${file}${first.has(file) ? '' : ' (later)'}`)
process.exitCode = failed > 0 ? 1 : 0
