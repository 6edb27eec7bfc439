/** What a lesson costs: JavaScript that its first prompt needs, how soon it answers, how long a control takes. Printed; the sizes must hold, the times with room for a busy machine. */
import zlib from 'node:zlib'
import { expect, test } from '@playwright/test'
import { BUDGETS } from '../scripts/budgets.mjs'
import { openLesson, untilPrompt } from './lab'

/** The node and xterm.js, and whatever else is asked for before the prompt stands there: scripts/sizes.mjs knows only the files that should be. */
test('JavaScript up to the first prompt', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1400, height: 900 } })
  const page = await context.newPage()
  // The page's own scripts never come: the prompt needs none of them.
  await page.route('**/_next/static/chunks/*.js', (route) => route.abort())
  const files = new Map<string, Promise<number>>()
  page.on('response', (response) => {
    if (/\.js(\?|$)/.test(response.url())) files.set(response.url(), response.body().then((body) => zlib.gzipSync(body).length))
  })
  await page.goto(`${baseURL}lessons/the-pause-container/`)
  await expect(page.locator('[data-terminal] .xterm-rows')).toContainText('node01 $', { timeout: 30_000 })
  const total = (await Promise.all(files.values())).reduce((sum, size) => sum + size, 0)
  console.log(`JavaScript up to the first prompt: ${(total / 1000).toFixed(0)} kB in ${files.size} files`)
  expect(total).toBeLessThan(BUDGETS.prompt)
  // What it does not run (scripts/split.mjs); here it would be fetched in the middle of a boot.
  expect([...files.keys()].filter((url) => url.includes('/rest-'))).toEqual([])
  await context.close()
})

test('from navigation to a prompt, and from a key to its glyph', async ({ page }) => {
  await openLesson(page)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  const times: number[] = []
  for (let i = 0; i < 5; i++) {
    await page.goto('lessons/the-pause-container/', { waitUntil: 'commit' })
    await page.waitForFunction(() => [...document.querySelectorAll('[data-terminal] .xterm-rows > div')].some((row) => row.textContent?.startsWith('node01')), undefined, { polling: 10 })
    times.push(await page.evaluate(() => performance.now()))
  }
  await untilPrompt(page)
  await page.locator('[data-terminal] textarea').focus()
  const keys: number[] = []
  for (const key of 'abcdefghij') {
    await page.evaluate(() => {
      const rows = document.querySelector('[data-terminal] .xterm-rows')
      Object.assign(window, {
        glyph: new Promise((resolve) => {
          let pressed = 0
          document.addEventListener('keydown', () => { pressed = performance.now() }, { once: true, capture: true })
          if (rows) new MutationObserver(() => pressed && resolve(performance.now() - pressed)).observe(rows, { subtree: true, childList: true, characterData: true })
        }),
      })
    })
    await page.keyboard.press(key)
    keys.push(await page.evaluate(() => (window as unknown as { glyph: Promise<number> }).glyph))
  }
  const median = (list: number[]) => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0
  console.log(`prompt, warm: ${median(times).toFixed(0)} ms; key to glyph: ${median(keys).toFixed(0)} ms`)
  expect(median(times)).toBeLessThan(5000)
  expect(median(keys)).toBeLessThan(200)
})
