/** Lighthouse on the start page and a lesson, as on a desk; the fixed conditions are its own. */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { chromium } from './browser'

for (const page of ['', 'lessons/the-pause-container/']) {
  test(`lighthouse: ${page || 'start'}`, async ({ baseURL }) => {
    test.setTimeout(180_000)
    const file = path.join(os.tmpdir(), `pause-lab-lighthouse-${process.pid}.json`)
    const { executablePath, env } = chromium()
    execFileSync(process.execPath, ['node_modules/lighthouse/cli/index.js', `${baseURL}${page}`, '--preset=desktop', '--quiet', '--output=json', `--output-path=${file}`, '--only-categories=performance,accessibility,best-practices,seo', '--chrome-flags=--headless=new --no-sandbox --disable-gpu'], {
      env: { ...process.env, ...env, CHROME_PATH: executablePath }, stdio: ['ignore', 'ignore', 'inherit'],
    })
    const report: { categories: Record<string, { score: number }> } = JSON.parse(fs.readFileSync(file, 'utf8'))
    fs.rmSync(file)
    const scores = Object.fromEntries(Object.entries(report.categories).map(([name, { score }]) => [name, score]))
    expect(scores).toMatchObject({ accessibility: 1, 'best-practices': 1, seo: 1 })
    expect(scores.performance).toBeGreaterThanOrEqual(0.95)
  })
}
