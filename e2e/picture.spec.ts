/** The picture follows the machine, in three views and in words. */
import fs from 'node:fs'
import { expect, test } from '@playwright/test'
import { command, openLesson, terminalText } from './lab'

test('when pause is killed the picture shows it, and when a pod is removed its house goes', async ({ page }) => {
  await openLesson(page)
  const house = page.getByRole('img', { name: /^Pod default\/mypod: / })
  await expect(house).toHaveCount(1)
  const label = (await house.getAttribute('aria-label')) ?? ''
  const pid = /pause \(pid (\d+)\)/.exec(label)?.[1]
  await command(page, `kill -9 ${pid}`)
  await expect.poll(async () => page.getByRole('img', { name: /^Pod default\/mypod: / }).first().getAttribute('aria-label'), { timeout: 20_000 }).not.toBe(label)
})

test('what a command looked at is marked', async ({ page }) => {
  await openLesson(page)
  const label = (await page.getByRole('img', { name: /^Pod default\/lonely: / }).getAttribute('aria-label')) ?? ''
  const pid = /pause \(pid (\d+)\)/.exec(label)?.[1]
  await command(page, `ps -fp ${pid}`)
  await expect(page.locator('[data-picture="street"] rect[stroke="var(--pause)"]')).toHaveCount(1)
})

test('a click on a house, a line and a process types what shows it', async ({ page }) => {
  await openLesson(page)
  const house = page.getByRole('img', { name: /^Pod default\/mypod: / })
  await house.locator('text', { hasText: 'mypod' }).first().click()
  await expect.poll(() => terminalText(page), { timeout: 20_000 }).toContain("crictl pods --name '^mypod$'")
  await house.locator('text', { hasText: /^net / }).click()
  await expect.poll(() => terminalText(page), { timeout: 20_000 }).toContain('lsns -t net -p')
  await page.getByRole('button', { name: 'Processes' }).click()
  await page.locator('svg[data-picture="processes"] text', { hasText: 'containerd-shim-runc-v2' }).first().click()
  await expect.poll(() => terminalText(page), { timeout: 20_000 }).toMatch(/ps -fp \d+/)
})

test('another view begins at its top', async ({ page }) => {
  await openLesson(page)
  const ground = page.getByRole('region', { name: 'Picture', exact: true })
  await expect(page.getByRole('img', { name: /^Pod / }).first()).toBeVisible()
  await ground.evaluate((element) => element.scrollTo(0, 300))
  expect(await ground.evaluate((element) => element.scrollTop)).toBeGreaterThan(100)
  await page.getByRole('button', { name: 'Processes', exact: true }).click()
  await expect(page.getByRole('img', { name: /^Processes of node01/ })).toBeVisible()
  expect(await ground.evaluate((element) => element.scrollTop)).toBe(0)
})

test('the network view shows the bridge and the pods at its veth pairs', async ({ page }) => {
  await openLesson(page)
  await page.getByRole('button', { name: 'Network', exact: true }).click()
  const network = page.getByRole('img', { name: 'Network of node01' })
  await expect(network).toContainText('cni0 192.168.1.1/24')
  await expect(network).toContainText('eth0 192.168.1.')
  await page.getByRole('button', { name: 'In words' }).click()
  await expect(page.getByText(/cni0: bridge, up/)).toBeVisible()
})

test('the other node can be looked at, and the picture is zoomed and saved', async ({ page }) => {
  await openLesson(page)
  await page.getByRole('button', { name: 'Larger', exact: true }).click()
  await expect(page.getByRole('button', { name: /^120 per cent/ })).toBeVisible()
  const [svg] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as SVG' }).click()])
  const text = fs.readFileSync(await svg.path(), 'utf8')
  expect(text).toContain('mypod')
  expect(text).not.toContain('var(--')
  const [png] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as PNG' }).click()])
  expect(fs.readFileSync(await png.path()).subarray(1, 4).toString()).toBe('PNG')
  await page.getByRole('combobox', { name: 'Node' }).selectOption('controlplane')
  await page.getByRole('button', { name: 'Processes' }).click()
  await expect(page.getByRole('img', { name: /^Processes of controlplane/ })).toContainText('kube-apiserver')
})

test('Ctrl and the wheel stretch the picture at once, and it is drawn so after', async ({ page }) => {
  await openLesson(page)
  const house = page.locator('[data-picture=street] [role=img]').first()
  const before = await house.boundingBox()
  await page.getByRole('region', { name: 'Picture', exact: true }).hover()
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -60)
  await page.keyboard.up('Control')
  await expect.poll(async () => ((await house.boundingBox())?.width ?? 0) / (before?.width ?? 1)).toBeCloseTo(Math.exp(60 / 300), 1)
  await expect(page.getByRole('button', { name: /^122 per cent/ })).toBeVisible()
  expect(((await house.boundingBox())?.width ?? 0) / (before?.width ?? 1)).toBeCloseTo(Math.exp(60 / 300), 1)
})

test('with reduced motion nothing moves', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1400, height: 900 } })
  const page = await context.newPage()
  await page.goto(`${baseURL}lessons/the-pause-container/`)
  await expect(page.getByRole('img', { name: /^Pod / }).first()).toBeVisible({ timeout: 30_000 })
  expect(await page.evaluate(() => document.getAnimations().filter((a) => a.playState === 'running').length)).toBe(0)
  await context.close()
})
