import { expect, type Locator, type Page, test } from '@playwright/test'
import { openLesson, outputOf, terminalText, type, untilPrompt } from './lab'

/** Presses Run of an example and compares the terminal with the lesson. */
async function runExample(page: Page, example: Locator): Promise<void> {
  const host = ((await example.locator('pre').first().locator('span').textContent()) ?? '').replace(' $ ', '')
  const command = (await example.locator('code').textContent()) ?? ''
  const expected = example.locator('pre[data-expected]')
  const wanted = (await expected.count()) > 0 ? ((await expected.textContent()) ?? '') : ''
  const last = (await terminalText(page)).split('\n').at(-1) ?? ''
  if (!last.startsWith(host)) {
    await type(page, host === 'controlplane' ? 'exit' : 'ssh node01')
    await untilPrompt(page, `${host} $`)
  }
  await example.getByRole('button', { name: /^Run/ }).click()
  const want = wanted.replace(/…$/, '').trimEnd().split('\n').map((l) => l.trimEnd())
  await expect
    .poll(async () => {
      const got = (await outputOf(page, command)).split('\n').map((l) => l.trimEnd())
      return got.slice(0, want.length)
    }, { message: command, timeout: 40_000 })
    .toEqual(want)
  await untilPrompt(page, `${host} $`)
}

test('every example of the lesson prints what the lesson says', async ({ page }) => {
  test.setTimeout(300_000)
  await openLesson(page)
  await page.setViewportSize({ width: 1900, height: 1000 })
  for (const section of await page.locator('article section[id]:has([data-example])').all()) {
    const bring = section.getByRole('button', { name: /Bring the node here|Start it again/ })
    if (await bring.count()) {
      await bring.click()
      await expect(page.getByText('The node is starting')).toBeHidden({ timeout: 30_000 })
      await untilPrompt(page)
    }
    const predict = section.locator('[data-quiz]')
    for (const form of await predict.all()) {
      if ((await form.getByText('Predict first').count()) === 0) continue
      await form.getByRole('radio').nth(1).check()
      await form.getByRole('button', { name: 'That is what I expect' }).click()
    }
    for (const example of await section.locator('[data-example]').all()) await runExample(page, example)
  }
})

test('the script that never ends is ended by ^C', async ({ page }) => {
  await openLesson(page)
  await type(page, 'while true; do :; done')
  await page.waitForTimeout(500)
  await page.keyboard.press('Control+c')
  await untilPrompt(page)
  await type(page, 'yes')
  await page.waitForTimeout(1000)
  await page.keyboard.press('Control+c')
  await untilPrompt(page)
  await type(page, 'echo still here')
  await expect.poll(() => terminalText(page)).toContain('\nstill here')
})

test("a pod's hostname is changed for the whole pod", async ({ page }) => {
  await openLesson(page)
  const section = page.locator('#the-hostname-is-one-for-the-pod')
  await section.getByRole('button', { name: 'Bring the node here' }).click()
  await expect(page.getByText('The node is starting')).toBeHidden({ timeout: 30_000 })
  await untilPrompt(page)
  await type(page, 'nsenter -t 12012 -u hostname other; nsenter -t $(pgrep -P 11982 -x node | tail -1) -u hostname; hostname')
  await expect.poll(() => terminalText(page)).toMatch(/\nother\nnode01\n/)
})

test('an answer is judged at once, with a reason, and is remembered after a reload', async ({ page }) => {
  await openLesson(page)
  const quiz = page.locator('[data-quiz="why-not-in-kubectl"]')
  await quiz.getByRole('radio').nth(0).check()
  await quiz.getByRole('button', { name: 'Check' }).click()
  await expect(quiz).toHaveAttribute('data-verdict', 'wrong')
  await expect(quiz).toContainText('anyone on the node can list it')
  await quiz.getByRole('radio').nth(1).check()
  await quiz.getByRole('button', { name: 'Check' }).click()
  await expect(quiz).toHaveAttribute('data-verdict', 'right')
  const value = page.locator('[data-quiz="count-pause"]')
  await value.getByLabel('Your answer').fill('9')
  await value.getByRole('button', { name: 'Check' }).click()
  await expect(value).toHaveAttribute('data-verdict', 'right')
  await page.reload()
  await expect(page.locator('[data-quiz="why-not-in-kubectl"]')).toContainText('answered')
})

test('a task marks itself as done when the node is in the state', async ({ page }) => {
  await openLesson(page)
  const task = page.locator('[data-task="app-dies"]')
  await task.getByRole('button', { name: 'A hint' }).click()
  await expect(task).toContainText('crictl ps')
  await task.getByRole('button', { name: 'Begin' }).click()
  await expect(page.getByText('The node is starting')).toBeHidden({ timeout: 30_000 })
  await untilPrompt(page)
  await type(page, "kill -9 $(crictl inspect $(crictl ps --name '^web2$' -q) | jq .info.pid)")
  await type(page, 'sleep 4')
  await expect(task).toHaveAttribute('data-done', 'true', { timeout: 30_000 })
})

test('a link of each kind leads on, and the picture shows a house for each pod', async ({ page }) => {
  await openLesson(page)
  await expect(page.getByRole('img', { name: /^Pod default\/mypod: pause/ })).toBeVisible()
  await page.getByRole('button', { name: 'In words' }).click()
  await expect(page.getByText(/Pod kube-system\/canal-v5r8d: .*net of the node/)).toBeVisible()
})
