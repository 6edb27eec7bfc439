/** The site below a sub-path, and the folder of export:zip, each from a server of its own: nothing may ask for what lies outside. */
import { execFile, execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { expect, type Page, test } from '@playwright/test'
import { serve } from '../scripts/serve.mjs'
import { terminalText, type, untilPrompt } from './lab'

/** Below Next's own folder: what is built is found, linted and kept by nobody. */
const OUT = '.next/sub-path'
const BASE = '/some/lab'

/** Paths that were asked for. */
function asked(page: Page): Set<string> {
  const paths = new Set<string>()
  page.context().on('request', (request) => {
    if (request.url().startsWith('http')) paths.add(new URL(request.url()).pathname)
  })
  return paths
}

async function walk(page: Page, address: string): Promise<void> {
  await page.goto(`${address}lessons/the-pause-container/`)
  await untilPrompt(page)
  await type(page, 'apt-get install -y jq >/dev/null 2>&1; echo \'{"a":[1,2]}\' | jq -c .a')
  await expect.poll(() => terminalText(page), { timeout: 30_000 }).toContain('\n[1,2]')
  await page.getByRole('link', { name: 'Pause Lab' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('kubectl does not show')
  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByRole('combobox', { name: 'Search lessons and commands' }).fill('lsns')
  await page.getByRole('option', { name: /^Command lsns/ }).click()
  await page.locator('summary', { hasText: 'lsns --help' }).click()
  await expect(page.getByText('Usage:').first()).toBeVisible()
  await page.goto(`${address}course/`)
  await page.getByRole('link', { name: /^Begin with The pause container/ }).click()
  await untilPrompt(page)
}

test('below a sub-path everything works, offline too, and nothing is asked from outside of it', async ({ page, context }) => {
  test.setTimeout(400_000)
  await promisify(execFile)(process.execPath, ['scripts/build.mjs', '--again'], { env: { ...process.env, BASE_PATH: BASE, OUT }, maxBuffer: 1e8 })
  const { server, address } = await serve({ root: OUT, port: 0, base: BASE })
  try {
    const paths = asked(page)
    await walk(page, address)
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 })
    await context.setOffline(true)
    await walk(page, address)
    expect([...paths].filter((asked) => !asked.startsWith(`${BASE}/`))).toEqual([])
    const manifest = JSON.parse(fs.readFileSync(path.join(OUT, 'manifest.webmanifest'), 'utf8'))
    expect([manifest.start_url, manifest.scope, ...manifest.icons.map((icon: { src: string }) => icon.src)].filter((url: string) => !url.startsWith(`${BASE}/`))).toEqual([])
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

/** The entries of a ZIP archive, from its directory (APPNOTE 4.3.12). */
function* entries(zip: Buffer): Generator<{ name: string; bytes: Buffer }> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, packed, nameLength, extra, comment, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32), zip.readUInt32LE(at + 42)]
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const data = zip.subarray(begin, begin + packed)
    yield { name, bytes: method === 8 ? zlib.inflateRawSync(data) : data }
    at += 46 + nameLength + extra + comment
  }
}

test('the folder of export:zip runs from its own server', async ({ page }) => {
  test.setTimeout(180_000)
  execFileSync(process.execPath, ['scripts/export-zip.mjs', '--built'])
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pause-lab-zip-'))
  for (const { name, bytes } of entries(fs.readFileSync('pause-lab.zip'))) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    fs.writeFileSync(path.join(folder, name), bytes)
  }
  const home = path.join(folder, 'pause-lab')
  expect(fs.readFileSync(path.join(home, 'READ-ME.txt'), 'utf8')).toContain('node serve.mjs')
  const server = execFile(process.execPath, ['serve.mjs'], { cwd: home, env: { ...process.env, PORT: '0', BASE_PATH: '' } })
  try {
    const address = await new Promise<string>((resolve) => server.stdout?.once('data', (text: string) => resolve(text.trim())))
    await walk(page, address)
  } finally {
    server.kill()
    fs.rmSync(folder, { recursive: true, force: true })
  }
})
