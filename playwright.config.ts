import { defineConfig, devices } from '@playwright/test'
import { chromium } from './e2e/browser'

const { executablePath, env } = chromium()
const port = process.env.E2E_PORT ?? '4173'
const url = `http://127.0.0.1:${port}/`

export default defineConfig({
  testDir: 'e2e',
  timeout: 60_000,
  workers: 2,
  // Lighthouse and the flood of output are judged by time, and machines are shared: once more before it counts.
  retries: 1,
  reporter: [['list']],
  use: {
    baseURL: url,
    serviceWorkers: 'allow',
    launchOptions: { executablePath, ...(env ? { env } : {}), args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'] },
  },
  projects: [
    { name: 'desktop', use: { ...devices['Desktop Chrome'], viewport: { width: 1400, height: 900 } }, testIgnore: /phone/ },
    { name: 'phone', use: { ...devices['Pixel 7'] }, testMatch: /phone/ },
  ],
  webServer: { command: 'node scripts/serve.mjs', url, env: { PORT: port, BASE_PATH: '' }, reuseExistingServer: false },
})
