// npm start: builds the site when something changed since the last build, serves it and prints the address.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { serve } from './serve.mjs'

const SOURCES = ['app', 'lib', 'simulator', 'content', 'public', 'scripts', 'package-lock.json', 'next.config.js']

function newest(at) {
  const stat = fs.statSync(at)
  if (!stat.isDirectory()) return stat.mtimeMs
  let time = 0
  for (const name of fs.readdirSync(at)) if (name !== 'assets') time = Math.max(time, newest(path.join(at, name)))
  return time
}

const built = fs.existsSync('out/sw.js') ? fs.statSync('out/sw.js').mtimeMs : 0
if (SOURCES.some((source) => fs.existsSync(source) && newest(source) > built)) {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
try {
  const { address } = await serve()
  console.log(`\nPause Lab is served at\n${address}`)
} catch (error) {
  if (error?.code !== 'EADDRINUSE') throw error
  console.error(`Port ${process.env.PORT ?? 3000} is taken; choose another with PORT=4000 npm start`)
  process.exit(1)
}
