#!/usr/bin/env node
// Measures the built page in Chromium on a local static server: `npm run bench -- page [-n 10] [-v]`. Medians of n visits to a lesson: navigation until
// the prompt answers a key (cold: nothing is cached; warm: the service worker has it all), a key to its glyph, the slowest answer of each control
// (Event Timing, as INP counts it), JavaScript up to the first prompt. `-v` says when what was there.
import zlib from 'node:zlib'
import { chromium } from '@playwright/test'
import { bundle } from './bundle.mjs'
import { serve } from './serve.mjs'

const LESSON = 'lessons/the-pause-container/'
const argument = (name, usual) => Number(process.argv[process.argv.indexOf(name) + 1] && process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : usual)
const RUNS = argument('-n', 10)
const verbose = process.argv.includes('-v')
/** What a page may take before it counts as failed, ms. */
const PATIENCE = 60_000
/** Within this most visits have answered, ms. */
const ANSWERED = 1000
/** A tab that was just opened still draws itself, which is no part of a navigation, ms. */
const SETTLES = 500

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1] ?? Number.NaN
const ms = (list) => `${median(list).toFixed(0).padStart(5)} ms  (${Math.min(...list).toFixed(0)} to ${Math.max(...list).toFixed(0)})`

/**
 * In the page: once the prompt is drawn, a key is pressed; the prompt answers when the key is drawn too. Told by what changes, in the frame that paints it:
 * a frame's callbacks run in the order in which they were asked for, so one of ours would come before xterm.js's and see what it drew a frame late.
 */
function watchPrompt() {
  const times = {}
  const look = () => {
    const shown = [...document.querySelectorAll('[data-terminal] .xterm-rows > div')].map((row) => row.textContent.replaceAll('\u00a0', ' ').trimEnd()).findLast((text) => text !== '')
    if (shown === undefined) return
    times.terminal ??= performance.now()
    if (times.prompt === undefined && shown.endsWith('node01 $')) {
      times.prompt = performance.now()
      document.querySelector('[data-terminal] textarea')?.dispatchEvent(new KeyboardEvent('keydown', { key: '1', keyCode: 49, bubbles: true, cancelable: true }))
    }
    if (!shown.endsWith('node01 $ 1')) return
    times.answer = performance.now()
    observer.disconnect()
    window.answered = times
  }
  const observer = new MutationObserver(look)
  observer.observe(document, { subtree: true, childList: true, characterData: true })
}

/** What the page and its worker say of themselves, ms after the navigation. */
async function parts(page) {
  const [origin, own] = await page.evaluate(() => [performance.timeOrigin, { paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime, parsed: performance.getEntriesByType('navigation')[0]?.domInteractive }])
  const worker = page.workers().find((w) => w.url().includes('/lab/worker'))
  const marks = worker ? await worker.evaluate(() => ({ start: performance.timeOrigin, marks: performance.getEntriesByType('mark').map((m) => [m.name, m.startTime]) })) : { start: origin, marks: [] }
  return { ...own, 'worker starts': marks.start - origin, ...Object.fromEntries(marks.marks.map(([name, at]) => [name, marks.start - origin + at])) }
}

/** The scripts that had come when the prompt answered. */
async function scripts(page, answer) {
  const loaded = () => performance.getEntriesByType('resource').map((entry) => [entry.name, performance.timeOrigin + entry.responseEnd])
  const origin = await page.evaluate(() => performance.timeOrigin)
  const all = [...(await page.evaluate(loaded)), ...(await Promise.all(page.workers().map((worker) => worker.evaluate(loaded)))).flat(), ...page.workers().map((worker) => [worker.url(), 0])]
  return new Set(all.filter(([url, at]) => url.endsWith('.js') && at <= origin + answer).map(([url]) => url))
}

async function visit(page, url) {
  await page.waitForTimeout(SETTLES)
  await page.goto(url, { waitUntil: 'commit' })
  // Until then nothing is asked of the page: what Playwright puts into it takes the main thread for some 10 ms.
  await page.waitForTimeout(ANSWERED)
  await page.waitForFunction(() => window.answered, undefined, { timeout: PATIENCE, polling: 50 })
  return { ...(await parts(page)), ...(await page.evaluate(() => window.answered)) }
}

const table = (visits) => {
  for (const name of Object.keys(visits[0] ?? {})) console.log(`    ${name.padEnd(16)} ${median(visits.map((v) => v[name])).toFixed(0).padStart(6)} ms`)
}

async function cold(browser, url) {
  const visits = []
  let javascript = 0
  for (let i = 0; i <= RUNS; i++) {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } })
    const page = await context.newPage()
    await page.addInitScript(watchPrompt)
    const bodies = []
    if (i === 0) page.on('response', (response) => /\.js(\?|$)/.test(response.url()) && bodies.push(response.body().then((body) => [response.url(), zlib.gzipSync(body).length], () => ['', 0])))
    const seen = await visit(page, url)
    if (i === 0) {
      const names = await scripts(page, seen.answer)
      javascript = [...new Map(await Promise.all(bodies))].reduce((sum, [url, size]) => sum + (names.has(url) ? size : 0), 0)
    } else visits.push(seen)
    await context.close()
  }
  console.log(`prompt answers, cold      ${ms(visits.map((v) => v.answer))}`)
  if (verbose) table(visits)
  console.log(`JavaScript up to it       ${(javascript / 1000).toFixed(0).padStart(5)} kB gzipped`)
}

async function warm(context, url) {
  const first = await context.newPage()
  await first.goto(url)
  await first.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: PATIENCE })
  await first.close()
  const visits = []
  for (let i = 0; i <= RUNS; i++) {
    const page = await context.newPage()
    await page.addInitScript(watchPrompt)
    const seen = await visit(page, url)
    // The first one still compiles what the later ones find compiled.
    if (i > 0) visits.push(seen)
    await page.close()
  }
  console.log(`prompt answers, warm      ${ms(visits.map((v) => v.answer))}`)
  if (verbose) table(visits)
}

async function glyphs(page) {
  await page.locator('[data-terminal] textarea').focus()
  await page.waitForTimeout(1000)
  const times = []
  for (let i = 0; i < 3 * RUNS; i++) {
    await page.evaluate(() => {
      let pressed = 0
      document.addEventListener('keydown', (event) => { pressed = event.timeStamp }, { once: true, capture: true })
      window.glyph = new Promise((resolve) => {
        const rows = document.querySelector('[data-terminal] .xterm-rows')
        new MutationObserver((_, observer) => {
          if (!pressed) return
          observer.disconnect()
          resolve(performance.now() - pressed)
        }).observe(rows, { subtree: true, childList: true, characterData: true })
      })
    })
    await page.keyboard.press(String.fromCharCode(97 + (i % 26)))
    times.push(await page.evaluate(() => window.glyph))
    await page.waitForTimeout(40)
  }
  console.log(`key to glyph              ${ms(times)}`)
}

/** Presses every control of the page once, and Escape before it. */
async function controls(page) {
  await page.evaluate(() => {
    window.slowest = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.interactionId && entry.startTime >= window.since) window.slowest = Math.max(window.slowest, entry.duration)
    }).observe({ type: 'event', durationThreshold: 16, buffered: false })
  })
  const buttons = page.locator('button:visible, summary:visible, input[type=radio]:visible, input[type=checkbox]:visible, select:visible')
  const seen = new Map()
  for (let i = 0; i < (await buttons.count()); i++) {
    const button = buttons.nth(i)
    const name = await button.evaluate((b) => (b.getAttribute('aria-label') ?? b.textContent ?? '').trim().slice(0, 40) || b.tagName).catch(() => undefined)
    if (name === undefined || seen.has(name) || !(await button.isEnabled().catch(() => false))) continue
    // What the control before has opened, perhaps late, would stand before it; to close that, and to scroll there, is no part of its answer.
    await page.keyboard.press('Escape')
    await page.evaluate(() => { for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close() })
    await button.scrollIntoViewIfNeeded({ timeout: 2000 }).catch(() => {})
    await page.waitForTimeout(150)
    // A key that changes nothing is told with the next frame that does, which is the control's: only what begins from here on counts.
    await page.evaluate(() => {
      window.slowest = 0
      window.since = performance.now()
    })
    const pressed = await button.click({ timeout: 2000 }).then(() => true, () => false)
    if (!pressed) continue
    await page.waitForTimeout(150)
    seen.set(name, await page.evaluate(() => window.slowest))
  }
  const sorted = [...seen].sort(([, a], [, b]) => b - a)
  console.log(`slowest of ${String(seen.size).padStart(3)} controls   ${(sorted[0]?.[1] ?? 0).toFixed(0).padStart(5)} ms  (${sorted[0]?.[0]})`)
  if (verbose) for (const [name, time] of sorted.slice(0, 12)) console.log(`    ${time.toFixed(0).padStart(6)} ms ${name}`)
}

const { executablePath, env } = (await import(await bundle('browser', 'e2e/browser.ts', ['e2e']))).chromium()
const { server, address } = await serve({ port: 0 })
const browser = await chromium.launch({ executablePath, ...(env ? { env } : {}), args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'] })
try {
  const url = `${address}${LESSON}`
  await cold(browser, url)
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } })
  await warm(context, url)
  const page = await context.newPage()
  await page.addInitScript(watchPrompt)
  await visit(page, url)
  await glyphs(page)
  await controls(page)
} finally {
  await browser.close()
  server.close()
}
