import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'

test('the start page names the course and opens the first lesson', async ({ page }) => {
  await page.goto('./')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('kubectl does not show')
  await page.getByRole('link', { name: 'Open “The pause container”' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The pause container')
})

for (const scheme of ['light', 'dark'] as const) {
  test(`no accessibility violations, ${scheme}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme: scheme })
    const page = await context.newPage()
    for (const path of ['./', 'lessons/the-pause-container/', 'nowhere/']) {
      await page.goto(`http://127.0.0.1:4173/${path.replace('./', '')}`)
      const { violations } = await new AxeBuilder({ page }).exclude('.xterm').analyze()
      expect(violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`), path).toEqual([])
    }
    await context.close()
  })
}
