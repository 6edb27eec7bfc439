#!/usr/bin/env node
// The budgets of the built site, gzipped: what a lesson loads before the terminal, and all that is kept for use without a network. Ends with 1 when one is passed. Figures of a build in out/.
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'

const LESSON = 'lessons/the-pause-container'
/** In bytes. What terminal and simulator add is measured in a browser (e2e/speed.spec.ts). */
const BUDGETS = { first: 150_000, offline: 3_000_000 }

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

const [, list] = /const FILES = new Map\((\[.*?\])\)\n/s.exec(fs.readFileSync('out/sw.js', 'utf8')) ?? []
const kept = JSON.parse(list ?? '[]').map(([url]) => local(url))
const offline = kept.reduce((n, file) => n + (/\.(woff2|png)$/.test(file) ? fs.statSync(file).size : gz(file)), 0)

let failed = 0
for (const [name, size, what] of [['first', firstSize, 'a lesson before its terminal, JavaScript'], ['offline', offline, `all ${kept.length} files kept for use without a network`]]) {
  const fits = size <= BUDGETS[name]
  if (!fits) failed++
  console.log(`${fits ? 'fits ' : 'LARGE'} ${(size / 1000).toFixed(1).padStart(8)} kB of ${BUDGETS[name] / 1000} kB  ${what}`)
}
if (process.argv.includes('-v')) for (const file of first) console.log(`  ${String(gz(file)).padStart(8)} ${file}`)
process.exitCode = failed > 0 ? 1 : 0
