/** The pages around the lessons: search, course map, reference, settings, progress. */
import fs from 'node:fs'
import { expect, test } from '@playwright/test'
import { openLesson, store, stored } from './lab'

test('everything is found by keyboard', async ({ page }) => {
  await page.goto('./')
  await page.waitForLoadState('networkidle')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search lessons and commands' }).fill('hostname')
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.getByRole('combobox', { name: 'Search lessons and commands' }).fill('lsns')
  await expect(page.getByRole('option', { name: /^Command lsns/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/reference\/util-linux\/#lsns$/)
  await expect(page.getByRole('heading', { name: 'lsns', exact: true })).toBeVisible()
})

test('the reference shows help and recorded examples', async ({ page }) => {
  await page.goto('reference/')
  await page.getByRole('link', { name: 'ps', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'ps', exact: true })).toBeVisible()
  await expect(page.getByText(/recorded command lines? begins? with it/).first()).toBeVisible()
  await page.goto('reference/coreutils/')
  await expect(page.getByText(/^Not simulated here: -/).first()).toBeVisible()
  await page.locator('summary', { hasText: 'wc --help' }).click()
  await expect(page.getByText('Usage: wc [OPTION]... [FILE]...')).toBeVisible()
})

test('what is solved shows on the map and in the outline, is saved as a file, forgotten, and loaded again', async ({ page }) => {
  await openLesson(page)
  const quiz = page.locator('[data-quiz="why-not-in-kubectl"]')
  await quiz.getByRole('radio').nth(1).check()
  await quiz.getByRole('button', { name: 'Check' }).click()
  await expect(quiz).toHaveAttribute('data-verdict', 'right')
  await expect(page.getByRole('navigation', { name: 'Outline' })).toContainText('1 of 8 solved')
  await page.goto('course/')
  await expect(page.getByText('1 of 8 solved')).toBeVisible()
  await page.getByRole('button', { name: 'Settings' }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as a file' }).click()])
  const saved = fs.readFileSync(await file.path(), 'utf8')
  expect(JSON.parse(saved)).toMatchObject({ version: 1, lessons: { 'the-pause-container': { done: ['why-not-in-kubectl'] } } })
  await page.getByRole('button', { name: 'Forget everything' }).click()
  await page.getByRole('button', { name: 'Really forget everything' }).click()
  await expect(page.getByText('0 of 8 solved')).toBeAttached()
  await page.locator('input[type=file]').setInputFiles({ name: 'p.json', mimeType: 'application/json', buffer: Buffer.from('nonsense') })
  await expect(page.getByText('it is not JSON')).toBeVisible()
  await page.locator('input[type=file]').setInputFiles({ name: 'p.json', mimeType: 'application/json', buffer: Buffer.from(saved) })
  await expect(page.getByText('1 of 8 solved')).toBeAttached()
})

test('two tabs do not take from each other what was solved', async ({ context, page }) => {
  await page.goto('course/')
  const other = await context.newPage()
  await openLesson(other)
  const quiz = other.locator('[data-quiz="not-pause"]')
  await quiz.getByRole('checkbox').nth(0).check()
  await quiz.getByRole('checkbox').nth(2).check()
  await quiz.getByRole('button', { name: 'Check' }).click()
  await expect(page.getByText('1 of 8 solved')).toBeAttached()
})

test('where nothing can be stored a message says so, and the lesson goes on', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  await openLesson(page)
  const quiz = page.locator('[data-quiz="why-not-in-kubectl"]')
  await quiz.getByRole('radio').nth(1).check()
  await quiz.getByRole('button', { name: 'Check' }).click()
  await expect(quiz).toHaveAttribute('data-verdict', 'right')
  await expect(page.getByText('This browser stores nothing')).toBeVisible()
})

test('a full disk is said, and the lesson goes on', async ({ page }) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  await openLesson(page)
  const quiz = page.locator('[data-quiz="why-not-in-kubectl"]')
  await quiz.getByRole('radio').nth(1).check()
  await quiz.getByRole('button', { name: 'Check' }).click()
  await expect(page.getByText('This browser stores nothing')).toBeVisible()
  await expect(quiz).toHaveAttribute('data-verdict', 'right')
})

test('progress of a version that is not known is set aside, said, and can be saved', async ({ page }) => {
  await page.goto('about/')
  await store(page, 'pause-lab-progress', { version: 99, medals: ['gold'] })
  await openLesson(page)
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save it as a file' }).click()])
  expect(fs.readFileSync(await file.path(), 'utf8')).toContain('gold')
  const quiz = page.locator('[data-quiz="why-not-in-kubectl"]')
  await quiz.getByRole('radio').nth(1).check()
  await quiz.getByRole('button', { name: 'Check' }).click()
  await expect.poll(() => stored(page, 'pause-lab-progress')).toContain('why-not-in-kubectl')
  expect(await stored(page, 'pause-lab-progress-unreadable')).toContain('gold')
})

test('colours and contrast are chosen and kept', async ({ page }) => {
  await page.goto('about/')
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const before = await ground()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('radio', { name: 'dark' }).check()
  expect(await ground()).not.toBe(before)
  await page.getByRole('radio', { name: 'more' }).check()
  await page.reload()
  expect(await ground()).toBe('rgb(0, 0, 0)')
})

test('more contrast is more contrast in the terminal too, at once and after', async ({ page }) => {
  await openLesson(page)
  const screen = () => page.evaluate(() => ['.xterm-scrollable-element', '.xterm-rows'].map((part) => document.querySelector(`[data-terminal] ${part}`)).map((part, i) => (part ? getComputedStyle(part)[i === 0 ? 'backgroundColor' : 'color'] : '')))
  expect(await screen()).toEqual(['rgb(15, 30, 28)', 'rgb(226, 237, 232)'])
  await page.emulateMedia({ contrast: 'more' })
  await expect.poll(screen).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('radio', { name: 'normal' }).check()
  await expect.poll(screen).toEqual(['rgb(15, 30, 28)', 'rgb(226, 237, 232)'])
})

test('what the manifest names is there, in the size that it says', async ({ page, request }) => {
  await page.goto('./')
  const address = new URL((await page.locator('link[rel=manifest]').getAttribute('href')) ?? '', page.url())
  const manifest: { start_url: string; icons: { src: string; sizes: string }[]; screenshots: { src: string; sizes: string }[]; shortcuts: { url: string }[] } = await (await request.get(address.href)).json()
  for (const { src, sizes } of [...manifest.icons, ...manifest.screenshots]) {
    const png = await (await request.get(new URL(src, address).href)).body()
    expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, src).toBe(sizes)
  }
  for (const url of [manifest.start_url, ...manifest.shortcuts.map((shortcut) => shortcut.url)]) expect((await request.get(new URL(url, address).href)).status(), url).toBe(200)
})

test('every page has a title of its own, and says which place of the site it is', async ({ page }) => {
  const titles = new Set<string>()
  for (const [path, here] of [['', null], ['course/', 'Course'], ['playground/', 'Playground'], ['reference/', 'Commands'], ['reference/apt/', 'Commands'], ['reference/columns/', 'Commands'], ['about/', 'About'], ['nowhere/', null]] as const) {
    await page.goto(`./${path}`)
    titles.add(await page.title())
    await expect(page.locator('nav [aria-current]')).toHaveText(here ? [here] : [])
  }
  expect(titles.size).toBe(8)
})
