#!/usr/bin/env node
// Whether a build in out/ keeps to its budgets (scripts/budgets.mjs), by the files that lie there. Ends with 1 when one is passed. (e2e/speed.spec.ts holds what a browser asks for to the same.)
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import { BUDGETS } from './budgets.mjs'

const LESSON = 'lessons/the-pause-container'

const sizes = new Map()
const gz = (file) => {
  if (!sizes.has(file)) sizes.set(file, zlib.gzipSync(fs.readFileSync(file)).length)
  return sizes.get(file)
}
const base = process.env.BASE_PATH ?? ''
const local = (url) => path.join('out', url.slice(base.length))

const html = fs.readFileSync(`out/${LESSON}/index.html`, 'utf8')
const [, list] = /for\(const src of (\[.*?\])\)/.exec(html) ?? []
const first = new Set(JSON.parse(list ?? '[]').map(local))
const firstSize = [...first].reduce((n, file) => n + gz(file), 0)

const [, keptList] = /const FILES = new Map\((\[.*?\])\)\n/s.exec(fs.readFileSync('out/sw.js', 'utf8')) ?? []
const kept = JSON.parse(keptList ?? '[]').map(([url]) => local(url))
const offline = kept.reduce((n, file) => n + (/\.(woff2|png)$/.test(file) ? fs.statSync(file).size : gz(file)), 0)

/** The worker with what every prompt needs, and the screen; then the chunk of the pages that holds the terminal (each page that has one has its own). */
const lab = fs.readdirSync('out/lab').filter((name) => /^(worker|room|screen)-/.test(name)).map((name) => path.join('out/lab', name))
const chunks = fs.readdirSync('out/_next/static/chunks').filter((name) => name.endsWith('.js')).map((name) => path.join('out/_next/static/chunks', name))
const holding = chunks.filter((file) => !first.has(file) && fs.readFileSync(file, 'utf8').includes('What was printed last'))
if (first.size === 0 || lab.length !== 3 || holding.length === 0) throw new Error('the files of worker and terminal are not where they were')
const promptSize = lab.reduce((n, file) => n + gz(file), 0)
const terminalSize = firstSize + promptSize + Math.max(...holding.map(gz))

let failed = 0
for (const [name, size, what] of [['first', firstSize, 'a lesson without its terminal, JavaScript'], ['prompt', promptSize, 'node and screen, all that comes before the prompt'], ['terminal', terminalSize, 'both, with the terminal'], ['offline', offline, `all ${kept.length} files kept for use without a network`]]) {
  const fits = size <= BUDGETS[name]
  if (!fits) failed++
  console.log(`${fits ? 'fits ' : 'LARGE'} ${(size / 1000).toFixed(1).padStart(8)} kB of ${BUDGETS[name] / 1000} kB  ${what}`)
}
if (process.argv.includes('-v')) for (const file of first) console.log(`  ${String(gz(file)).padStart(8)} ${file}`)
process.exitCode = failed > 0 ? 1 : 0
