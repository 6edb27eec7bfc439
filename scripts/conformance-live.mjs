// npm run conformance:live -- [--seed N] [--count N] [--tools bash,grep,awk,sed,sort,jq] [--verbose]
// For a machine that has the real tools: makes command lines by chance, runs each in the real tool and in the simulator, prints where
// they differ and closes with a summary. The same seed gives the same lines. Tools that are missing are named and left out.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { GENERATORS, random, sampleFiles } from './conformance-lines.mjs'

const { values: given } = parseArgs({ options: { seed: { type: 'string' }, count: { type: 'string', default: '200' }, tools: { type: 'string' }, scenario: { type: 'string' }, verbose: { type: 'boolean', short: 'v', default: false } } })
const seed = given.seed === undefined ? Number(process.hrtime.bigint() % 1_000_000n) : Number(given.seed)
const count = Number(given.count)
if (!Number.isInteger(seed) || !Number.isInteger(count) || count < 1) {
  console.error('usage: npm run conformance:live -- [--seed N] [--count N] [--tools bash,grep,…] [--scenario NAME|FILE] [--verbose]')
  process.exit(2)
}
const wanted = given.tools?.split(',') ?? Object.keys(GENERATORS)
const unknown = wanted.filter((tool) => !(tool in GENERATORS))
if (unknown.length > 0) {
  console.error(`no lines are made for: ${unknown.join(', ')} (there are: ${Object.keys(GENERATORS).join(', ')})`)
  process.exit(2)
}

// awk is gawk on the node; a machine whose awk is another is given a link to gawk.
const links = mkdtempSync(path.join(tmpdir(), 'conformance-bin-'))
const realOf = (tool) => (tool === 'awk' ? 'gawk' : tool)
const found = new Map(wanted.map((tool) => [tool, spawnSync('bash', ['-c', `command -v ${realOf(tool)}`], { encoding: 'utf8' }).stdout.trim()]))
const missing = wanted.filter((tool) => !found.get(tool))
const tools = wanted.filter((tool) => found.get(tool))
if (missing.length > 0) console.log(`not on this machine, left out: ${missing.map(realOf).join(', ')}`)
if (tools.length === 0) process.exit(2)
if (found.get('awk')) spawnSync('ln', ['-s', found.get('awk'), path.join(links, 'awk')])

console.log(`seed ${seed}, ${count} lines of ${tools.join(', ')}`)
const chance = random(seed)
const files = sampleFiles(chance)
const given_ = Object.entries(files).map(([name, text]) => `printf %s ${quote(text)} > ${name}`).join('\n')
const environment = { PATH: `${links}:${process.env.PATH}`, HOME: '/root', LANG: 'C.UTF-8', TERM: 'xterm-256color', COLUMNS: '80', LINES: '24' }
function quote(text) {
  return `'${text.replaceAll("'", "'\\''")}'`
}

const labArgs = ['run', '-s', 'lab', '--', 'exec', '--json', '--fresh', ...(given.scenario ? ['--scenario', given.scenario] : [])]
const lab = spawn('npm', labArgs, { stdio: ['pipe', 'pipe', 'inherit'] })
const answers = createInterface({ input: lab.stdout })[Symbol.asyncIterator]()

function real(cmd) {
  const directory = mkdtempSync(path.join(tmpdir(), 'conformance-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(directory, name), text)
  const result = spawnSync('bash', ['-c', cmd], { cwd: directory, env: environment, input: '', timeout: 10_000, encoding: 'utf8', maxBuffer: 1 << 26 })
  rmSync(directory, { recursive: true, force: true })
  return { stdout: result.stdout, stderr: result.stderr, code: result.status ?? 128 }
}

async function simulated(cmd) {
  lab.stdin.write(`${JSON.stringify({ cmd, given: given_ })}\n`)
  const { value } = await answers.next()
  return JSON.parse(value)
}

const score = new Map(tools.map((tool) => [tool, { same: 0, different: 0 }]))
for (let i = 0; i < count; i++) {
  const tool = tools[i % tools.length]
  const cmd = GENERATORS[tool](chance)
  const want = real(cmd)
  const got = await simulated(cmd)
  const differing = ['stdout', 'stderr', 'code'].filter((key) => want[key] !== got[key])
  const row = score.get(tool)
  if (differing.length === 0) row.same++
  else row.different++
  if (differing.length > 0 || given.verbose) console.log(`${differing.length === 0 ? 'same     ' : 'DIFFERENT'} ${cmd}`)
  for (const key of differing) console.log(`   ${key}\n      real      ${JSON.stringify(want[key]).slice(0, 800)}\n      simulated ${JSON.stringify(got[key]).slice(0, 800)}`)
}
lab.stdin.end()
lab.kill()
rmSync(links, { recursive: true, force: true })
console.log(`\nseed ${seed}`)
let different = 0
for (const [tool, row] of score) {
  different += row.different
  console.log(`${tool.padEnd(6)} ${String(row.same).padStart(5)} of ${row.same + row.different} the same`)
}
if (missing.length > 0) console.log(`not compared, not on this machine: ${missing.map(realOf).join(', ')}`)
console.log(different === 0 ? 'no differences' : `${different} differences; repeat with --seed ${seed} --count ${count}`)
process.exit(different === 0 ? 0 : 1)
