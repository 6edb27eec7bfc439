import { expect, test } from '@playwright/test'
import { terminalText, type, untilPrompt } from './lab'

test('after the first visit everything works without a network, jq included', async ({ page, context }) => {
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
