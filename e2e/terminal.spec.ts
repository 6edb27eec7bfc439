/** The terminal as a tool: floods, search, explanations, keyboard, screen readers. */
import { expect, test } from '@playwright/test'
import { command, openLesson, terminalText, type, untilPrompt } from './lab'

test('a flood of output does not freeze the page, and ^C ends it', async ({ page }) => {
  test.setTimeout(120_000)
  await openLesson(page)
  await type(page, 'yes 0123456789012345678901234567890123456789')
  await page.waitForTimeout(1500)
  // The page answers while it goes on: a button takes effect within a frame or a few.
  const took = await page.evaluate(async () => {
    const begun = performance.now()
    document.querySelector<HTMLElement>('[aria-label="Larger text"]')?.click()
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    return performance.now() - begun
  })
  expect(took).toBeLessThan(1000)
  await page.locator('[data-terminal] textarea').focus()
  await page.keyboard.press('Control+c')
  await untilPrompt(page)
  await type(page, 'clear; seq 1 30000')
  await expect.poll(async () => (await terminalText(page)).includes('\n30000\n'), { timeout: 60_000 }).toBe(true)
  const lines = (await terminalText(page)).split('\n')
  expect(lines.length).toBeGreaterThan(9000)
  expect(lines.length).toBeLessThan(10_200)
})

test('a line of megabytes goes by, and is all there', async ({ page }) => {
  test.setTimeout(120_000)
  await openLesson(page)
  await type(page, "head -c 5M /dev/zero | tr '\\0' x; echo; echo ended")
  await expect.poll(async () => (await terminalText(page)).slice(-40), { timeout: 100_000, intervals: [1000] }).toMatch(/x\nended\nnode01 \$$/)
  expect((await terminalText(page)).length).toBeGreaterThan(500_000)
})

test('a selected word of a listing is explained', async ({ page }) => {
  await openLesson(page)
  await command(page, 'ps -ef | head -3')
  const cell = await page.evaluate(() => {
    const rows = [...document.querySelectorAll('[data-terminal] .xterm-rows > div')]
    const row = rows.find((r) => r.textContent?.includes('/sbin/init'))?.getBoundingClientRect()
    const screen = document.querySelector('[data-terminal] .xterm-screen')?.getBoundingClientRect()
    return row && screen ? { x: screen.left + 15.5 * 7.8, y: row.top + row.height / 2 } : null
  })
  if (!cell) throw new Error('no line of init')
  await page.mouse.dblclick(cell.x, cell.y)
  await expect(page.getByText(/number in the namespace you look from|The parent: who started it/)).toBeVisible()
})

test('long output is folded, by its button and by key; its text is kept, colours too', async ({ page }) => {
  await openLesson(page)
  const screen = page.locator('[data-terminal] .xterm-rows')
  await command(page, 'echo before; for i in $(seq 40); do printf "\\e[1;32mline %s\\e[0m\\n" $i; done')
  await command(page, 'echo after')
  const text = await terminalText(page)
  await page.getByRole('button', { name: 'Fold the 41 lines that were printed here' }).first().click()
  await expect(screen).toContainText('… 41 lines folded')
  await expect(screen).not.toContainText('line 40')
  expect(await terminalText(page)).toBe(text)
  await command(page, 'echo more')
  await page.keyboard.press('Control+Shift+F')
  await expect(screen).toContainText('line 5')
  await expect(screen).not.toContainText('folded')
  await expect(screen.locator('.xterm-bold', { hasText: 'line 5' })).toHaveCount(1)
  expect(await terminalText(page)).toBe(`${text} echo more\nmore\nnode01 $`)
})

test('a word is found in the terminal', async ({ page }) => {
  await openLesson(page)
  await command(page, 'echo a needle here')
  await page.getByRole('button', { name: 'Find in the terminal' }).click()
  await page.getByRole('textbox', { name: 'Find in the terminal' }).fill('needle')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-terminal] .xterm-selection div').first()).toBeAttached()
})

test('Esc, then Tab leaves the terminal; Tab alone completes', async ({ page }) => {
  await openLesson(page)
  const inside = () => page.evaluate(() => document.activeElement?.closest('[data-terminal]') !== null)
  await page.locator('[data-terminal] textarea').focus()
  await page.keyboard.type('hostn')
  await page.keyboard.press('Tab')
  await expect.poll(() => terminalText(page)).toContain('hostname')
  expect(await inside()).toBe(true)
  await page.keyboard.press('Control+c')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  expect(await inside()).toBe(false)
})

test('for a screen reader the terminal is a log with a plain line', async ({ page }) => {
  await openLesson(page)
  await page.getByRole('button', { name: 'Plain' }).click()
  const log = page.getByRole('log', { name: 'What the terminal printed' })
  await expect(log).toContainText('node01 $')
  await page.getByRole('textbox', { name: 'Command line' }).fill('hostname')
  await page.keyboard.press('Enter')
  await expect(log).toContainText(/hostname\s*node01/)
})

test('without any setting a screen reader hears what a command printed; set so, it hears each key', async ({ page }) => {
  await openLesson(page)
  await command(page, 'echo one; echo two')
  await expect(page.getByRole('log', { name: 'What was printed last' })).toHaveText(/^one\s*two\s*node01 \$$/)
  await expect(page.locator('.xterm-accessibility')).toHaveCount(0)
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('radio', { name: 'hears each key' }).check()
  await page.keyboard.press('Escape')
  await command(page, 'echo three')
  await expect(page.locator('.xterm-accessibility-tree').getByText('three', { exact: true })).toBeAttached()
  await expect(page.getByRole('log', { name: 'What was printed last' })).toHaveText('')
})

test('the cursor blinks while one may type, and stands still where nothing should move', async ({ page }) => {
  await openLesson(page)
  const screen = page.locator('[data-terminal]')
  await screen.locator('textarea').focus()
  // Both in one look: half a second later it is the other way.
  const look = () => screen.evaluate((element) => [element.getAttribute('data-cursor'), getComputedStyle(element.querySelector('.xterm-cursor') ?? element).backgroundColor])
  await expect.poll(look, { intervals: [40] }).toEqual(['hidden', 'rgba(0, 0, 0, 0)'])
  await expect.poll(look, { intervals: [40] }).toEqual([null, 'rgb(244, 180, 0)'])
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.keyboard.press('a')
  await page.waitForTimeout(1500)
  await expect(screen).not.toHaveAttribute('data-cursor')
})

test('where the browser refuses the clipboard, the page says what to do', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined })
    document.execCommand = () => false
  })
  await openLesson(page)
  await page.getByRole('button', { name: 'Copy: jq --version' }).click()
  await expect(page.getByText('does not let the page copy')).toBeVisible()
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('jq --version')
  await command(page, 'echo a word')
  await page.locator('[data-terminal] .xterm-rows > div', { hasText: /^a word/ }).dblclick({ position: { x: 4, y: 6 }, force: true })
  await page.keyboard.press('Control+Shift+C')
  await expect(page.getByText('“Session” can save the terminal as text')).toBeVisible()
})

test('a lesson is walked by keyboard alone', async ({ page }) => {
  await openLesson(page)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  const run = page.getByRole('button', { name: 'Run: jq --version' })
  await run.focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => terminalText(page), { timeout: 20_000 }).toContain('jq: command not found')
  const border = page.getByRole('separator', { name: 'Width of the lesson' })
  await border.focus()
  await page.keyboard.press('ArrowRight')
  await expect(border).toHaveAttribute('aria-valuenow', '49')
  await page.reload()
  await expect(border).toHaveAttribute('aria-valuenow', '49')
  await border.focus()
  await page.keyboard.press('Home')
  await expect(border).toHaveAttribute('aria-valuenow', '46')
})

test('a border is dragged', async ({ page }) => {
  await openLesson(page)
  const border = page.getByRole('separator', { name: 'Height of the terminal' })
  const box = await border.boundingBox()
  if (!box) throw new Error('no border')
  await page.mouse.move(box.x + box.width / 2, box.y + 3)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2, box.y - 150, { steps: 5 })
  await page.mouse.up()
  expect(Number(await border.getAttribute('aria-valuenow'))).toBeLessThan(45)
  await border.dblclick()
  await expect(border).toHaveAttribute('aria-valuenow', '55')
})

test('focus leaves lesson and terminal', async ({ page }) => {
  await openLesson(page)
  await page.getByRole('button', { name: 'Focus' }).click()
  await expect(page.getByRole('region', { name: 'Picture of the node' })).toBeHidden()
  await expect(page.getByRole('banner')).toBeHidden()
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(page.getByRole('region', { name: 'Picture of the node' })).toBeVisible()
})
