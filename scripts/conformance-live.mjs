// npm run conformance:live -- [--seed N] [--count N] [--tools grep,ls,…] [--lines FILE] [--scenario NAME|FILE] [--verbose]
// For a machine that has the real tools: makes command lines by chance (or takes those of FILE), runs each in the real tool and in the
// simulator, prints where they differ and closes with a summary. The same seed gives the same lines. Tools that are missing are named and left out.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { quote, random } from './conformance/chance.mjs'
import { GENERATORS } from './conformance/generators.mjs'
import { sampleScript } from './conformance/samples.mjs'

const { values: given } = parseArgs({ options: { seed: { type: 'string' }, count: { type: 'string', default: '200' }, tools: { type: 'string' }, lines: { type: 'string' }, scenario: { type: 'string' }, verbose: { type: 'boolean', short: 'v', default: false } } })
const seed = given.seed === undefined ? Number(process.hrtime.bigint() % 1_000_000n) : Number(given.seed)
const count = Number(given.count)
if (!Number.isInteger(seed) || !Number.isInteger(count) || count < 1) {
  console.error('usage: npm run conformance:live -- [--seed N] [--count N] [--tools bash,grep,…] [--lines FILE] [--scenario NAME|FILE] [--verbose]')
  process.exit(2)
}
const wanted = given.lines !== undefined ? [] : (given.tools?.split(',') ?? Object.keys(GENERATORS))
const unknown = wanted.filter((tool) => !(tool in GENERATORS))
if (unknown.length > 0) {
  console.error(`no lines are made for: ${unknown.join(', ')} (there are: ${Object.keys(GENERATORS).join(', ')})`)
  process.exit(2)
}

// awk is gawk on the node; a machine whose awk is another is given a link to gawk.
const links = mkdtempSync(path.join(tmpdir(), 'conformance-bin-'))
const REAL = { awk: 'gawk', sedwords: 'sed', jqwords: 'jq', bbhelp: 'busybox', bbtext: 'busybox', bbfiles: 'busybox', bblang: 'busybox' }
const realOf = (tool) => REAL[tool] ?? tool
const where = (tool) => spawnSync('bash', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim()
const found = new Map(wanted.map((tool) => [tool, where(realOf(tool))]))
const missing = wanted.filter((tool) => !found.get(tool))
const tools = wanted.filter((tool) => found.get(tool))
if (missing.length > 0) console.log(`not on this machine, left out: ${missing.map(realOf).join(', ')}`)
if (tools.length === 0 && given.lines === undefined) process.exit(2)
if (where('gawk')) spawnSync('ln', ['-s', where('gawk'), path.join(links, 'awk')])

const chance = random(seed)
const before = sampleScript(chance)
const lines = given.lines === undefined ? Array.from({ length: count }, (_, i) => ({ tool: tools[i % tools.length], cmd: GENERATORS[tools[i % tools.length]](chance) })) : readFileSync(given.lines, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('# ')).map((cmd) => ({ tool: /[\w.]+/.exec(cmd)?.[0] ?? '', cmd }))
console.log(`seed ${seed}, ${lines.length} lines of ${tools.join(', ') || given.lines}`)
const environment = { PATH: `${links}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`, HOME: '/root', USER: 'root', LOGNAME: 'root', SHELL: '/bin/bash', LANG: 'C.UTF-8', TERM: 'xterm-256color', COLUMNS: '80', LINES: '24' }

// Both sides keep the samples, and lay a copy of them at the same place before each line: in a tmpfs, where directories have the same sizes and orders.
const home = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'conformance-'))
const samples = `${home}/samples`
const work = `${home}/work`
const ready = `rm -rf ${work}; cp -a ${samples} ${work}; cd ${work}`
spawnSync('bash', ['-c', `mkdir ${samples}; cd ${samples}; ${before}`], { env: environment, stdio: 'inherit' })

const lab = spawn('npm', ['run', '-s', 'lab', '--', 'exec', '--json', ...(given.scenario ? ['--scenario', given.scenario] : [])], { stdio: ['pipe', 'pipe', 'inherit'] })
const answers = createInterface({ input: lab.stdout })[Symbol.asyncIterator]()
const ask = (cmd) => lab.stdin.write(`${JSON.stringify({ cmd })}\n`)
const answer = async () => JSON.parse((await answers.next()).value)
// Bytes that are no UTF-8 come from the lab as lone surrogates, one each.
const decoded = (text) => Buffer.concat(text.split(/([\udc80-\udcff]+)(?<![\ud800-\udbff].)/).map((part, i) => (i % 2 === 0 ? Buffer.from(part) : Buffer.from([...part].map((letter) => letter.charCodeAt(0) & 0xff))))).toString()

const setting = Object.entries(environment).filter(([name]) => name !== 'PATH').map(([name, value]) => `${name}=${quote(value)}`)
// busybox is in the containers only; a copy of it is as good.
ask(`apt-get install -y jq >/dev/null 2>&1; cp "$(find /run/containerd /var/lib/containerd -name busybox -type f 2>/dev/null | head -1)" /usr/local/bin/busybox 2>/dev/null; mkdir -p ${samples}; cd ${samples}; ${before}`)
await answer()

// A line made by chance must not reach beyond its directory: the real side can neither set the clock nor mount, nor change another's process.
const FORBIDDEN = ['sys_time', 'sys_admin', 'sys_boot', 'sys_module', 'sys_rawio', 'net_admin', 'kill']
if (!where('setpriv')) {
  console.error('setpriv is needed: it keeps the lines from changing this machine')
  process.exit(2)
}
const bounds = ['--bounding-set', FORBIDDEN.map((name) => `-${name}`).join(','), '--inh-caps', '-all']
function real(cmd) {
  const result = spawnSync('setpriv', [...bounds, 'bash', '-c', cmd], { cwd: work, env: environment, input: '', timeout: 10_000, encoding: 'utf8', maxBuffer: 1 << 26 })
  return { stdout: result.stdout, stderr: result.stderr, code: result.status ?? 128 }
}

const score = new Map()
for (const { tool, cmd } of lines) {
  ask(`(${ready}; exec env -u MAIL ${setting.join(' ')} bash -c ${quote(cmd)} < /dev/null)`)
  spawnSync('bash', ['-c', ready])
  const want = real(cmd)
  const said = await answer()
  const got = { stdout: decoded(said.stdout), stderr: decoded(said.stderr), code: said.code }
  const differing = ['stdout', 'stderr', 'code'].filter((key) => want[key] !== got[key])
  const row = score.get(tool) ?? { same: 0, different: 0 }
  score.set(tool, row)
  if (differing.length === 0) row.same++
  else row.different++
  if (differing.length > 0 || given.verbose) console.log(`${differing.length === 0 ? 'same     ' : 'DIFFERENT'} ${cmd}`)
  for (const key of differing) console.log(`   ${key}\n      real      ${JSON.stringify(want[key]).slice(0, 800)}\n      simulated ${JSON.stringify(got[key]).slice(0, 800)}`)
}
lab.stdin.end()
lab.kill()
for (const folder of [links, home]) rmSync(folder, { recursive: true, force: true })
console.log(`\nseed ${seed}`)
let different = 0
for (const [tool, row] of score) {
  different += row.different
  console.log(`${tool.padEnd(10)} ${String(row.same).padStart(5)} of ${row.same + row.different} the same`)
}
if (missing.length > 0) console.log(`not compared, not on this machine: ${missing.map(realOf).join(', ')}`)
console.log(different === 0 ? 'no differences' : `${different} differences; repeat with --seed ${seed} --count ${count}`)
process.exit(different === 0 ? 0 : 1)
