/** The browser of the tests: the system's Chromium, else the one inside the npm package @sparticuz/chromium. */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/google-chrome']

export function chromium(): { executablePath: string; env?: Record<string, string> } {
  const own = [process.env.CHROME_PATH, ...(process.env.NO_SYSTEM_CHROME ? [] : SYSTEM)].find((file) => file && fs.existsSync(file))
  if (own) return { executablePath: own }
  const packed = path.resolve('node_modules/@sparticuz/chromium/bin')
  const folder = path.resolve('node_modules/.cache/chromium')
  const executablePath = path.join(folder, 'chromium')
  if (!fs.existsSync(executablePath)) {
    fs.mkdirSync(folder, { recursive: true })
    const unpack = (name: string): Buffer => zlib.brotliDecompressSync(fs.readFileSync(path.join(packed, `${name}.br`)))
    for (const name of ['al2023.tar', 'swiftshader.tar']) {
      const file = path.join(folder, name)
      fs.writeFileSync(file, unpack(name))
      execFileSync('tar', ['xf', file, '-C', folder])
    }
    fs.writeFileSync(`${executablePath}.tmp`, unpack('chromium'), { mode: 0o755 })
    fs.renameSync(`${executablePath}.tmp`, executablePath)
  }
  const inherited = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined))
  return { executablePath, env: { ...inherited, LD_LIBRARY_PATH: [path.join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') } }
}
