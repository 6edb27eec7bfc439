// Installs what is missing: compares the lock file, Node and the platform with a stamp in node_modules. Uses nothing but Node.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node 20.19 or newer is needed, this is ${process.version}`)
  process.exit(1)
}
const STAMP = 'node_modules/.setup-stamp'
const want = createHash('sha256').update(fs.readFileSync('package-lock.json')).update(`${process.version} ${process.platform} ${process.arch}`).digest('hex')
if (!fs.existsSync(STAMP) || fs.readFileSync(STAMP, 'utf8') !== want) {
  console.error('Installing packages (npm ci) …')
  // npm sets variables for its scripts that would change what the inner npm does.
  const inherited = Object.entries(process.env).filter(([key]) => !/^npm_(config_(?!registry|cache|userconfig|globalconfig|prefix|proxy|https_proxy|cafile)|lifecycle|package|command)/i.test(key))
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund', '--include=dev']
  const stdio = ['ignore', 2, 2]
  const env = Object.fromEntries(inherited)
  const result = npm ? spawnSync(process.execPath, [npm, ...args], { stdio, env }) : spawnSync('npm', args, { stdio, env })
  if (result.status !== 0) process.exit(result.status ?? 1)
  fs.writeFileSync(STAMP, want)
}
