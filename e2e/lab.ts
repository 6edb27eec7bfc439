/** What the tests do at the terminal. */
import { expect, type Page } from '@playwright/test'

declare global {
  interface HTMLElement {
    labText?: () => string
  }
}

export const terminalText = (page: Page): Promise<string> => page.evaluate(() => document.querySelector<HTMLElement>('[data-terminal]')?.labText?.() ?? '')

/** The last thing in the terminal is a prompt. */
export async function untilPrompt(page: Page, prompt = 'node01 $'): Promise<void> {
  await expect.poll(async () => (await terminalText(page)).split('\n').at(-1)?.trimEnd(), { timeout: 30_000 }).toBe(prompt)
}

export async function openLesson(page: Page, slug = 'the-pause-container'): Promise<void> {
  await page.goto(`lessons/${slug}/`)
  await untilPrompt(page)
}

export async function type(page: Page, text: string): Promise<void> {
  await page.locator('[data-terminal] textarea').focus()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

/** Types a command and waits for the next prompt. */
export async function command(page: Page, text: string, prompt = 'node01 $'): Promise<void> {
  const before = (await terminalText(page)).length
  await type(page, text)
  await expect.poll(async () => (await terminalText(page)).length, { timeout: 30_000 }).toBeGreaterThan(before + text.length)
  await untilPrompt(page, prompt)
}

/** What a command printed: the lines between its own line and the next prompt. */
export async function outputOf(page: Page, text: string): Promise<string> {
  const all = await terminalText(page)
  const first = text.split('\n')[0] ?? ''
  const at = all.lastIndexOf(`$ ${first}`)
  const after = all.slice(at + 2 + text.length).replace(/^[^\n]*\n/, '')
  return after.replace(/\n?[a-z0-9-]+ \$ ?$/, '')
}

/** What idb-keyval holds under a key, as text; '' when it holds nothing. */
export const stored = (page: Page, key: string): Promise<string> =>
  page.evaluate(
    (key) =>
      new Promise<string>((resolve, reject) => {
        const open = indexedDB.open('keyval-store')
        open.onerror = () => reject(open.error)
        open.onsuccess = () => {
          if (!open.result.objectStoreNames.contains('keyval')) return resolve('')
          const get = open.result.transaction('keyval').objectStore('keyval').get(key)
          get.onsuccess = () => {
            open.result.close()
            // Keys are entries of their own: joined they are what was typed.
            resolve(get.result === undefined ? '' : `${(get.result.entries ?? []).map((e: [number, number, string[]]) => (e[2][0] === 'i' ? e[2][2] : '')).join('')}${JSON.stringify(get.result)}`)
          }
        }
      }),
    key,
  )

/** Puts something under a key of idb-keyval. */
export const store = (page: Page, key: string, value: unknown): Promise<void> =>
  page.evaluate(
    ([key, value]) =>
      new Promise<void>((resolve, reject) => {
        const open = indexedDB.open('keyval-store')
        open.onupgradeneeded = () => open.result.createObjectStore('keyval')
        open.onerror = () => reject(open.error)
        open.onsuccess = () => {
          const write = open.result.transaction('keyval', 'readwrite')
          write.objectStore('keyval').put(value, key as string)
          write.oncomplete = () => {
            open.result.close()
            resolve()
          }
        }
      }),
    [key, value] as const,
  )
