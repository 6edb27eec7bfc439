import { expect, test } from '@playwright/test'
import { untilPrompt } from './lab'

test('on a phone lesson, terminal and picture are tabs', async ({ page }) => {
  await page.goto('lessons/the-pause-container/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.getByRole('button', { name: 'Terminal', exact: true }).click()
  await expect(page.locator('[data-terminal]')).toBeVisible()
  await untilPrompt(page)
  await page.getByRole('button', { name: 'Picture', exact: true }).click()
  await expect(page.getByRole('img', { name: /^Pod / }).first()).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
})
