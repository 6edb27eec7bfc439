// node scripts/conformance-tty.mjs [--shell bash|ash|dash] [--seed N] [--count N] [--only TEXT] [--verbose]
// For a machine that has the real shells and python3: plays sessions at a terminal, the written ones of conformance/keys.mjs and others
// made by chance, to the real shell in a pseudo terminal and to the simulator's, and compares every byte that comes back. It waits
// for quiet after each burst of keys, so it does not depend on time. The simulated side runs in scenario `notes`.
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { keysOf, SESSIONS, byChance } from './conformance/keys.mjs'
import { random } from './conformance/chance.mjs'

const { values: given } = parseArgs({ options: { shell: { type: 'string' }, seed: { type: 'string', default: '1' }, count: { type: 'string', default: '0' }, only: { type: 'string' }, verbose: { type: 'boolean', short: 'v', default: false } } })
const PLACE = '/tmp/conformance-tty'
const FILES = { 'alpha.txt': 'one\ntwo\nthree\n', 'alpine.md': 'x\n', 'beta file': 'y\n', 'beta2': 'z\n', 'sub/inner': 'i\n', 'sub/deep/est': 'd\n', 'gamma-é': 'g\n' }
const ENVIRONMENT = `HOME=${PLACE}/home PATH=/usr/bin:/bin TERM=xterm-256color LANG=C.UTF-8`

// A pseudo terminal: {"argv", "cols", "rows"} opens one, {"keys"} types, {"resize": [cols, rows]} changes the size; {"raw"} comes back after quiet.
const PTY = `
import fcntl, json, os, pty, select, signal, struct, sys, termios, time
fd = pid = None
def quiet(wait):
    out = b''
    while True:
        ready, _, _ = select.select([fd], [], [], wait)
        if not ready: return out
        try: data = os.read(fd, 65536)
        except OSError: return out
        if not data: return out
        out += data
for line in sys.stdin:
    r = json.loads(line)
    wait = r.get('wait', 0.25)
    if 'argv' in r:
        if pid:
            try: os.killpg(pid, signal.SIGKILL)
            except OSError: pass
            os.close(fd)
            os.waitpid(pid, 0)
        pid, fd = pty.fork()
        if pid == 0:
            time.sleep(0.05)
            os.execvp(r['argv'][0], r['argv'])
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', r['rows'], r['cols'], 0, 0))
    raw = b''
    if 'resize' in r:
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', r['resize'][1], r['resize'][0], 0, 0))
        raw += quiet(wait)
    try: os.write(fd, r.get('keys', '').encode())
    except OSError: pass
    raw += quiet(wait)
    print(json.dumps({'raw': raw.decode('utf-8', 'replace')}), flush=True)
if pid:
    try: os.killpg(pid, signal.SIGKILL)
    except OSError: pass
`

const START = {
  bash: { argv: ['bash', '--norc'], lab: 'bash --norc' },
  ash: { argv: [process.env.BUSYBOX ?? 'busybox', 'sh'], lab: '/tmp/busybox sh' },
  dash: { argv: ['dash'], lab: 'dash' },
}

function talker(command, args) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`)
      const { value } = await answers.next()
      return JSON.parse(value).raw
    },
    end: () => child.stdin.end(),
  }
}

const real = talker('python3', ['-c', PTY])
const lab = talker('npm', ['run', '-s', 'lab', '--', 'tty'])

const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`
function layFiles() {
  rmSync(PLACE, { recursive: true, force: true })
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(`${PLACE}/home/${name}`.replace(/\/[^/]*$/, ''), { recursive: true })
    writeFileSync(`${PLACE}/home/${name}`, text)
  }
}
const LAY = `mkdir -p ${PLACE}/home/sub/deep; cd ${PLACE}/home; ${Object.entries(FILES).map(([name, text]) => `printf %s ${quote(text)} > ${quote(name)}`).join('; ')}; cp $(find /var/lib/containerd -path '*bin/busybox' | head -1) /tmp/busybox; clear\n`

async function play({ shell = 'bash', cols = 80, rows = 24, keys }) {
  layFiles()
  const { argv, lab: name } = START[shell]
  const differences = []
  await lab.ask({ open: { cols, rows }, keys: LAY })
  const begun = [
    await real.ask({ argv: ['env', '-i', '-C', `${PLACE}/home`, ...ENVIRONMENT.split(' '), ...argv], cols, rows, wait: 0.4 }),
    (await lab.ask({ keys: `exec env -i ${ENVIRONMENT} ${name}\n` })).replace(/^[^\n]*\r\n\x1b\[\?2004l\r/, ''),
  ]
  if (begun[0] !== begun[1]) differences.push({ keys: '(start)', want: begun[0], got: begun[1] })
  for (const burst of keys) {
    const request = typeof burst === 'string' ? { keys: keysOf(burst) } : burst
    let want = ''
    // The lab types a line at a time.
    for (const line of request.keys?.match(/[^\n]*\n|[^\n]+/g) ?? ['']) want += await real.ask({ ...request, keys: line })
    const got = await lab.ask(request.resize ? { resize: { cols: request.resize[0], rows: request.resize[1] } } : request)
    if (given.verbose) console.log(`     ${JSON.stringify(burst)} -> ${JSON.stringify(want)}`)
    // Numbers of processes are each machine's own.
    const masked = (text) => text.replace(/\b\d{4,6}\b/g, 'N')
    if (masked(want) !== masked(got)) {
      differences.push({ keys: burst, want, got })
      break
    }
  }
  return differences
}

const chance = random(Number(given.seed))
const shells = given.shell ? given.shell.split(',') : Object.keys(START)
const sessions = [...SESSIONS.filter(({ shell = 'bash' }) => shells.includes(shell)), ...Array.from({ length: Number(given.count) }, () => byChance(chance, shells))]
let same = 0
let played = 0
for (const session of sessions) {
  if (given.only && !JSON.stringify(session).includes(given.only)) continue
  played++
  const differences = await play(session)
  if (differences.length === 0) same++
  else {
    console.log(`DIFFERENT ${session.shell ?? 'bash'} ${session.cols ?? 80}: ${JSON.stringify(session.keys)}`)
    for (const { keys, want, got } of differences) console.log(`   after ${JSON.stringify(keys)}\n      real      ${JSON.stringify(want)}\n      simulated ${JSON.stringify(got)}`)
  }
}
real.end()
lab.end()
console.log(`${same} of ${played} sessions the same`)
process.exit(same === played ? 0 : 1)
