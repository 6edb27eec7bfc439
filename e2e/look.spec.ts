/** The page for other eyes and hands: colours that the system chooses, very wide and very low screens, one key less. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { command, openLesson, untilPrompt } from './lab'

/** What a system's colour, or a token, is painted as now. */
const painted = (page: Page, color: string): Promise<string> =>
  page.evaluate((color) => {
    const probe = document.createElement('span')
    probe.style.cssText = `forced-color-adjust: none; color: ${color}`
    document.body.append(probe)
    const found = getComputedStyle(probe).color
    probe.remove()
    return found
  }, color)

for (const scheme of ['light', 'dark'] as const) {
  test(`where the system chooses the colours, picture and terminal have them too, ${scheme}`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ forcedColors: 'active', colorScheme: scheme, reducedMotion: 'reduce', viewport: { width: 1400, height: 900 } })
    const page = await context.newPage()
    // Chosen here once, on another screen perhaps: of no use now.
    await page.addInitScript((other) => localStorage.setItem('pause-lab-theme', other), scheme === 'dark' ? 'light' : 'dark')
    await page.goto(`${baseURL}lessons/the-pause-container/`)
    await untilPrompt(page)
    const [ground, letters] = [await painted(page, 'Canvas'), await painted(page, 'CanvasText')]
    expect(ground).not.toBe(letters)
    const house = page.getByRole('img', { name: /^Pod default\/mypod: / })
    await expect(house.locator('path.edge')).toHaveCSS('fill', ground)
    await expect(house.locator('text').first()).toHaveCSS('fill', letters)
    await expect(house.locator('text', { hasText: /^net / })).toHaveCSS('fill', scheme === 'dark' ? 'rgb(108, 193, 238)' : 'rgb(11, 106, 155)')
    await page.locator('[data-terminal] textarea').focus()
    await expect(page.locator('[data-terminal] .xterm-rows')).toHaveCSS('color', letters)
    await expect.poll(() => page.evaluate(() => getComputedStyle(document.querySelector('[data-terminal] .xterm-cursor') ?? document.body).backgroundColor)).toMatch(/^rgb\(/)
    await expect(page.locator('[data-terminal] .xterm-cursor')).not.toHaveCSS('background-color', ground)
    await command(page, 'seq 20')
    await expect(page.locator('.fold').first()).toHaveCSS('border-top-width', '1px')
    await page.getByRole('button', { name: 'Details' }).click()
    await expect(page.getByRole('button', { name: 'Details' })).toHaveCSS('outline-style', 'solid')
    const { violations } = await new AxeBuilder({ page }).exclude('.xterm').analyze()
    expect(violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html}`))).toEqual([])
    await context.close()
  })
}

test('on a very wide screen the letters grow, the terminal’s and the picture’s with them', async ({ page }) => {
  await page.setViewportSize({ width: 3840, height: 2000 })
  await openLesson(page)
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('22px')
  await expect(page.locator('[data-terminal] .xterm-rows')).toHaveCSS('font-size', '18px')
  const house = page.getByRole('img', { name: /^Pod / }).first()
  const wide = (await house.boundingBox())?.width ?? 0
  await page.setViewportSize({ width: 1400, height: 900 })
  await page.reload()
  await untilPrompt(page)
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('16px')
  await expect(page.locator('[data-terminal] .xterm-rows')).toHaveCSS('font-size', '13px')
  expect(wide / ((await house.boundingBox())?.width ?? 1)).toBeCloseTo(22 / 16, 1)
})

test('on a screen that is hardly high the page’s bar scrolls away, and the terminal has the whole height', async ({ page }) => {
  await page.setViewportSize({ width: 740, height: 340 })
  await page.goto('playground/')
  await untilPrompt(page)
  const terminal = page.locator('[data-terminal]')
  await terminal.scrollIntoViewIfNeeded()
  expect((await terminal.boundingBox())?.height).toBeGreaterThan(140)
  await page.evaluate(() => scrollTo(0, 0))
  await expect(page.getByRole('banner')).toBeInViewport()
})

test('a lesson scrolls in its column, and the page not at all', async ({ page }) => {
  await openLesson(page)
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0)
  await page.goto('playground/')
  await untilPrompt(page)
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0)
})

test('no tool of the terminal is lost on a narrow screen', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto('playground/')
  await untilPrompt(page)
  const larger = page.getByRole('button', { name: 'Larger text', exact: true })
  await expect(larger).toBeHidden()
  await page.getByRole('button', { name: 'All tools', exact: true }).click()
  await larger.click()
  await expect(page.locator('[data-terminal] .xterm-rows')).toHaveCSS('font-size', '14px')
  await command(page, 'lsns | head -2')
  await page.getByRole('button', { name: 'Explain', exact: true }).click()
  await expect(page.getByRole('term').first()).toBeVisible()
  for (const name of ['Find in the terminal', 'Session']) await expect(page.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
})

test('the key / opens the search, unless it was switched off', async ({ page }) => {
  await page.goto('about/')
  await page.waitForLoadState('networkidle')
  await page.keyboard.press('/')
  await expect(page.getByRole('dialog', { name: 'Search' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('radio', { name: 'does nothing' }).check()
  await page.reload()
  await page.waitForLoadState('networkidle')
  await page.keyboard.press('/')
  await page.waitForTimeout(300)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Search' })).toBeVisible()
})

test('the search is there before it is opened', async ({ page }) => {
  const palette = page.waitForResponse(async (response) => /\/chunks\/.*\.js$/.test(response.url()) && (await response.text()).includes('Search lessons and commands'), { timeout: 30_000 })
  await page.goto('about/')
  await palette
  await expect(page.getByRole('dialog')).toHaveCount(0)
  // Nothing of it is asked for any more.
  await page.route('**/*.js', (route) => route.abort())
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Search lessons and commands' })).toBeFocused()
})

test('a long output of a lesson is folded, and unfolds by its button', async ({ page }) => {
  await openLesson(page)
  const all = page.getByRole('button', { name: /^All \d+ lines$/ }).first()
  const example = page.locator('figure', { has: all }).first()
  const box = page.locator(`[data-example="${await example.getAttribute('data-example')}"]`)
  const folded = (await box.locator('[data-expected]').boundingBox())?.height ?? 0
  await all.click()
  const fold = box.getByRole('button', { name: 'Fold', exact: true })
  await expect(fold).toHaveAttribute('aria-expanded', 'true')
  await expect(fold).toBeFocused()
  expect((await box.locator('[data-expected]').boundingBox())?.height).toBeGreaterThan(folded + 20)
  await fold.click()
  expect((await box.locator('[data-expected]').boundingBox())?.height).toBe(folded)
})

test('a command that was copied says so, for a moment', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openLesson(page)
  const copy = page.getByRole('button', { name: 'Copy: jq --version' })
  await copy.click()
  await expect(copy).toHaveText('Copied')
  await expect(page.locator('figure', { has: copy }).getByRole('status')).toHaveText('Copied')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('jq --version')
  await expect(copy).toHaveText('Copy', { timeout: 5000 })
})

test('the picture is zoomed by keys while it has the focus, and only then', async ({ page }) => {
  await openLesson(page)
  const picture = page.getByRole('region', { name: 'Picture', exact: true })
  await picture.focus()
  await page.keyboard.press('+')
  await expect(page.getByRole('button', { name: /^120 per cent/ })).toBeVisible()
  await page.keyboard.press('-')
  await page.keyboard.press('-')
  await expect(page.getByRole('button', { name: /^83 per cent/ })).toBeVisible()
  await page.keyboard.press('0')
  await expect(page.getByRole('button', { name: /^100 per cent/ })).toBeVisible()
  await page.locator('[data-lesson-scroll]').focus()
  await page.keyboard.press('+')
  await expect(page.getByRole('button', { name: /^100 per cent/ })).toBeVisible()
})

test('what the columns mean is a page, and the search leads to its parts', async ({ page }) => {
  await page.goto('reference/columns/')
  await expect(page.getByRole('region', { name: /^lsns/ }).getByRole('term')).toContainText(['NS', 'TYPE', 'NPROCS'])
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html}`))).toEqual([])
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search lessons and commands' }).fill('NSpid')
  await page.getByRole('option', { name: /^Columns \/proc\/PID\/status/ }).click()
  await expect(page).toHaveURL(/reference\/columns\/#proc-pid-status$/)
})
