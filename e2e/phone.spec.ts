import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { terminalText, untilPrompt } from './lab'

/** A phone may draw the page smaller, so that what is too wide fits: the layout's own width counts. */
const fits = () => document.documentElement.scrollWidth <= document.documentElement.clientWidth

test('on a phone lesson, terminal and picture are tabs', async ({ page }) => {
  await page.goto('lessons/the-pause-container/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.getByRole('button', { name: 'Terminal', exact: true }).click()
  await expect(page.locator('[data-terminal]')).toBeVisible()
  await untilPrompt(page)
  await page.getByRole('button', { name: 'Picture', exact: true }).click()
  await expect(page.getByRole('img', { name: /^Pod / }).first()).toBeVisible()
  expect(await page.evaluate(fits)).toBe(true)
  await page.getByRole('button', { name: 'Network', exact: true }).click()
  await expect(page.getByRole('img', { name: 'Network of node01' })).toContainText('here too')
  const beyond = await page.evaluate(() => {
    const right = document.querySelector('[data-picture=network]')?.getBoundingClientRect().right ?? 0
    return [...document.querySelectorAll('[data-picture=network] :is(rect, text)')].filter((part) => part.getBoundingClientRect().right > right).map((part) => part.outerHTML)
  })
  expect(beyond).toEqual([])
})

test('a Run button leads to the terminal, and the key bar has the keys that a phone lacks', async ({ page }) => {
  await page.goto('lessons/the-pause-container/')
  await page.getByRole('button', { name: 'Run: jq --version' }).click()
  await expect.poll(() => terminalText(page), { timeout: 30_000 }).toContain('jq: command not found')
  await page.locator('[data-terminal] textarea').focus()
  await page.keyboard.type('sleep 100')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Control, for the next key' }).click()
  await page.keyboard.type('c')
  await untilPrompt(page)
  await page.keyboard.type('hostn')
  await page.getByRole('button', { name: 'Tab', exact: true }).click()
  await expect.poll(() => terminalText(page)).toContain('hostname')
})

test('a long press selects a word of the terminal, goes on with the finger, and can be copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('lessons/the-pause-container/')
  await page.getByRole('button', { name: 'Terminal', exact: true }).click()
  await untilPrompt(page)
  await page.locator('[data-terminal] textarea').focus()
  await page.keyboard.type('echo alpha beta')
  await page.keyboard.press('Enter')
  await expect.poll(() => terminalText(page)).toContain('\nalpha beta\n')
  const row = await page.locator('[data-terminal] .xterm-rows > div', { hasText: /^alpha beta/ }).boundingBox()
  if (!row) throw new Error('no row')
  const cdp = await context.newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y: row.y + row.height / 2 }] })
  const copy = page.getByRole('button', { name: 'Copy the selection', exact: true })
  const copied = async (): Promise<string> => {
    await copy.click()
    await expect(copy).toHaveText('Copied')
    return page.evaluate(() => navigator.clipboard.readText())
  }
  // The first touch loads what answers it.
  await touch('touchStart', row.x + 12)
  await page.waitForTimeout(900)
  await touch('touchEnd')
  await expect(page.getByText('Selected')).toBeVisible()
  expect(await copied()).toBe('alpha')
  await touch('touchStart', row.x + 12)
  await page.waitForTimeout(700)
  const cell = row.width / ((await page.locator('[data-terminal]').evaluate((element) => element.clientWidth)) / 8)
  await touch('touchMove', row.x + 8.5 * cell)
  await touch('touchEnd')
  await expect(copy).toHaveText('Copy')
  expect(await copied()).toMatch(/^alpha b/)
})

test('the outline unfolds above the lesson, leads to a section and shows what is solved', async ({ page }) => {
  await page.goto('lessons/the-pause-container/')
  const outline = page.getByRole('navigation', { name: 'Outline' })
  await outline.getByText('0 of 8 solved').click()
  await outline.getByRole('link', { name: /^When the app dies/ }).click()
  await expect(page.getByRole('heading', { name: 'When the app dies' })).toBeInViewport()
  await expect(outline.getByRole('link').first()).toBeHidden()
})

test('no page is wider than the phone, and axe finds nothing', async ({ page }) => {
  test.setTimeout(120_000)
  for (const path of ['', 'course/', 'lessons/the-pause-container/', 'playground/', 'reference/', 'reference/coreutils/', 'about/', 'nowhere/']) {
    await page.setViewportSize({ width: 320, height: 640 })
    await page.goto(`./${path}`)
    expect(await page.evaluate(fits), path).toBe(true)
    const { violations } = await new AxeBuilder({ page }).exclude('.xterm').analyze()
    expect(violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html}`)), path).toEqual([])
  }
})
