#!/usr/bin/env node
// The budgets of the built site, gzipped: what a lesson loads before the terminal, what with it up to the prompt, and all that is kept for use without a network. Ends with 1 when one is passed. Figures of a build in out/.
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'

const LESSON = 'lessons/the-pause-container'
/** In bytes. Wanted up to the prompt are 400 kB; this is what is reached (e2e/speed.spec.ts measures the same in a browser). */
const BUDGETS = { first: 135_000, prompt: 408_000, offline: 3_000_000 }

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

/** The worker with what every prompt needs, and the chunk of the pages that holds the terminal. */
const lab = fs.readdirSync('out/lab').filter((name) => /^(worker|room|rolldown-runtime)-/.test(name)).map((name) => path.join('out/lab', name))
const chunks = fs.readdirSync('out/_next/static/chunks').filter((name) => name.endsWith('.js')).map((name) => path.join('out/_next/static/chunks', name))
const holding = chunks.filter((file) => !first.has(file) && fs.readFileSync(file, 'utf8').includes('Esc, then Tab, leaves it'))
if (lab.length < 2 || holding.length === 0) throw new Error('the files of worker and terminal are not where they were')
const promptSize = firstSize + [...lab, ...holding].reduce((n, file) => n + gz(file), 0)

let failed = 0
for (const [name, size, what] of [['first', firstSize, 'a lesson before its terminal, JavaScript'], ['prompt', promptSize, 'the same with terminal and simulator, up to the prompt'], ['offline', offline, `all ${kept.length} files kept for use without a network`]]) {
  const fits = size <= BUDGETS[name]
  if (!fits) failed++
  console.log(`${fits ? 'fits ' : 'LARGE'} ${(size / 1000).toFixed(1).padStart(8)} kB of ${BUDGETS[name] / 1000} kB  ${what}`)
}
if (process.argv.includes('-v')) for (const file of first) console.log(`  ${String(gz(file)).padStart(8)} ${file}`)
process.exitCode = failed > 0 ? 1 : 0
