// npm test: everything that must hold, one after the other. The last line is `N passed, N failed`; any failure ends with status 1.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'

const bin = (name) => `node_modules/.bin/${name}`
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', FORCE_COLOR: '0', PLAYWRIGHT_HTML_OPEN: 'never' }
let passed = 0
let failed = 0

/** Runs one step; `count` reads how many passed and failed out of its output, else the step itself counts. */
function step(name, command, args, count) {
  const begun = Date.now()
  console.log(`\n── ${name}`)
  const { status, stdout, stderr } = spawnSync(command, args, { env, encoding: 'utf8', maxBuffer: 1 << 28 })
  const text = `${stdout}${stderr}`
  const counted = count?.(text)
  if (status !== 0) console.log(text.slice(-20_000))
  else if (text.trim()) console.log(text.trim().split('\n').slice(-12).join('\n'))
  const bad = counted?.failed ?? 0
  passed += counted?.passed ?? (status === 0 ? 1 : 0)
  failed += status === 0 ? bad : Math.max(1, bad)
  console.log(`── ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - begun) / 1000).toFixed(1)} s`)
  return status === 0
}

const number = (text, pattern) => Number(pattern.exec(text)?.[1] ?? 0)

step('types: next typegen', bin('next'), ['typegen'])
step('types: pages and lib', bin('tsc'), ['--noEmit'])
step('types: simulator', bin('tsc'), ['--noEmit', '-p', 'simulator'])
step('types: command line', bin('tsc'), ['--noEmit', '-p', 'simulator/cli'])
step('lint', bin('biome'), ['check', '--error-on-warnings', '.'])
step('floors', bin('depcruise'), ['app', 'lib', 'simulator'])
step('unused files and packages', bin('knip'), ['--no-progress'])
step('unit tests and recordings', bin('vitest'), ['run'], (text) => ({ passed: number(text, /Tests .*?(\d+) passed/), failed: number(text, /Tests .*?(\d+) failed/) }))
step('lessons', process.execPath, ['scripts/lesson-check.mjs'], (text) => ({ passed: number(text, /lessons: (\d+) passed/), failed: number(text, /(\d+) failed/) }))
if (step('build', process.execPath, ['scripts/build.mjs', '--unchecked'])) {
  step('sizes', process.execPath, ['scripts/sizes.mjs'])
  step('browser', bin('playwright'), ['test'], (text) => ({ passed: number(text, /(\d+) passed/), failed: number(text, /(\d+) failed/) }))
}
fs.rmSync('test-results', { recursive: true, force: true })
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
