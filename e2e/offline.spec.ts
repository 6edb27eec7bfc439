import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { serve } from '../scripts/serve.mjs'
import { terminalText, type, untilPrompt } from './lab'

test('after the first visit everything works without a network, jq and the search included', async ({ page, context }) => {
  await page.goto('lessons/the-pause-container/')
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(async () => (await caches.keys()).length > 0)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await context.setOffline(true)
  await page.goto('./')
  await page.goto('lessons/the-pause-container/')
  await untilPrompt(page)
  await type(page, 'apt-get install -y jq >/dev/null 2>&1; echo \'{"a":[1,2]}\' | jq -c .a')
  await expect.poll(() => terminalText(page), { timeout: 30_000 }).toContain('\n[1,2]')
  await page.getByRole('link', { name: 'Pause Lab' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('kubectl does not show')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search lessons and commands' }).fill('namespace')
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.goto('about/')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How true is it?')
})

test('nothing is asked of another origin', async ({ page, baseURL }) => {
  const foreign: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(baseURL ?? '') && !request.url().startsWith('blob:') && !request.url().startsWith('data:')) foreign.push(request.url())
  })
  await page.goto('lessons/the-pause-container/')
  await untilPrompt(page)
  expect(foreign).toEqual([])
})

test('a new version is offered and begins only when it is asked for', async ({ page }) => {
  test.setTimeout(120_000)
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'pause-lab-'))
  fs.cpSync('out', root, { recursive: true })
  const { server, address } = await serve({ root, port: 0, base: '' })
  try {
    await page.goto(`${address}about/`)
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 })
    const worker = path.join(root, 'sw.js')
    const old = fs.readFileSync(worker, 'utf8')
    const version = /PREFIX\}([0-9a-f]{12})/.exec(old)?.[1] ?? ''
    fs.writeFileSync(worker, old.replaceAll(version, 'fedcba987654'))
    await page.reload()
    await expect(page.getByText('A newer version of the lab is here')).toBeVisible({ timeout: 60_000 })
    expect(await page.evaluate(async () => (await caches.keys()).length)).toBe(2)
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Use it now' }).click()])
    await expect.poll(() => page.evaluate(async () => (await caches.keys()).join()), { timeout: 20_000 }).toContain('fedcba987654')
    await expect.poll(() => page.evaluate(async () => (await caches.keys()).length), { timeout: 20_000 }).toBe(1)
  } finally {
    server.closeAllConnections()
    server.close()
    fs.rmSync(root, { recursive: true, force: true })
  }
})
