import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { terminalText, untilPrompt } from './lab'

test('the start page names the course and opens the first lesson', async ({ page }) => {
  await page.goto('./')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('kubectl does not show')
  await page.getByRole('link', { name: 'Open “The pause container”' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The pause container')
})

test('the terminal of the start page lives', async ({ page }) => {
  await page.goto('./')
  await page.getByRole('button', { name: 'ctr -n k8s.io c ls | grep pause' }).click()
  await expect.poll(() => terminalText(page), { timeout: 30_000 }).toContain('registry.k8s.io/pause:3.5')
  await untilPrompt(page)
})

test('who touches the terminal of the start page can type in it at once', async ({ page }) => {
  await page.goto('./')
  const { x = 0, y = 0 } = (await page.getByRole('button', { name: 'Start the terminal' }).boundingBox()) ?? {}
  await page.mouse.click(x + 40, y + 40)
  await expect(page.locator('[data-terminal] textarea')).toBeFocused()
})

const PAGES = ['', 'course/', 'lessons/the-pause-container/', 'lessons/who-holds-the-namespaces/', 'playground/', 'reference/', 'reference/coreutils/', 'about/', 'nowhere/'] as const

for (const scheme of ['light', 'dark'] as const) {
  test(`no accessibility violations, ${scheme}`, async ({ browser, baseURL }) => {
    test.setTimeout(180_000)
    const context = await browser.newContext({ colorScheme: scheme, reducedMotion: 'reduce' })
    const page = await context.newPage()
    for (const path of PAGES) {
      await page.goto(`${baseURL}${path}`)
      if (path.startsWith('lessons')) await expect(page.getByRole('img', { name: /^Pod / }).first()).toBeVisible({ timeout: 30_000 })
      const { violations } = await new AxeBuilder({ page }).exclude('.xterm').analyze()
      expect(violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html}`)), path).toEqual([])
    }
    await context.close()
  })

  test(`no accessibility violations in what opens, ${scheme}`, async ({ browser, baseURL }) => {
    test.setTimeout(120_000)
    const context = await browser.newContext({ colorScheme: scheme, contrast: 'more', reducedMotion: 'reduce', viewport: { width: 1400, height: 900 } })
    const page = await context.newPage()
    const look = async (what: string) => {
      const { violations } = await new AxeBuilder({ page }).exclude('.xterm').analyze()
      expect(violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html}`)), what).toEqual([])
    }
    await page.goto(`${baseURL}lessons/the-pause-container/`)
    await untilPrompt(page)
    for (const dialog of ['Session', 'Settings', 'Search']) {
      await page.getByRole('button', { name: dialog }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await look(dialog)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
    }
    await page.getByRole('button', { name: 'Plain', exact: true }).click()
    await page.getByRole('button', { name: 'In words' }).click()
    for (const view of ['Processes', 'Network']) {
      await page.getByRole('button', { name: view, exact: true }).click()
      await look(view)
    }
    await page.goto(`${baseURL}reference/util-linux/`)
    await page.locator('summary').first().click()
    await look('an open entry')
    await context.close()
  })
}
