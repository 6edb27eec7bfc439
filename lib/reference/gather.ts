/**
 * Gathers the reference of commands: what the programs declare, what each prints for `--help` on a node of the lab, short examples from the
 * recordings of a real node, and what that node has and the lab has not. Run by scripts/reference.mjs.
 */
import fs from 'node:fs'
import path from 'node:path'
import { hostNow, nodeHost } from '../../simulator/cli/load'
import { Lab, Session } from '../../simulator'
import { PROGRAMS } from '../../simulator/programs/registry'
import { loadScenario } from '../lessons/load'
import { loadReference, type RecordedExample, type Reference, referenceFile } from './model'
import { refusedBy } from './refused'

/** Servers and what others start: nobody types them. */
const HIDDEN = new Set(['lab', 'webserver', 'containernetworking-plugins', 'pause'])
const SERVERS = new Set(['containerd', 'containerd-shim-runc-v2', 'kubelet', 'kube-apiserver', 'kube-scheduler', 'sshd', 'applets'])
const LONGEST_EXAMPLE = { lines: 10, width: 110 }
const EXAMPLES = 3
const LONGEST_HELP = 6000
/** Of the simulator, as the build finds it. */
const VERSION = process.env.NEXT_PUBLIC_SIMULATOR ?? ''

interface Row {
  readonly cmd: string
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

function recordings(): Row[] {
  const rows: Row[] = []
  for (const name of fs.readdirSync('content/recordings', { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.jsonl') || name.includes('tty')) continue
    for (const line of fs.readFileSync(path.join('content/recordings', name), 'utf8').split('\n')) if (line) rows.push(JSON.parse(line) as Row)
  }
  return rows
}

const commandOf = (cmd: string): string => /^([\w.[-]+)/.exec(cmd.trim())?.[1] ?? ''

function examplesOf(rows: readonly Row[]): RecordedExample[] {
  const short = rows.filter(({ cmd, stdout, stderr, code }) => {
    const lines = stdout.split('\n')
    return code === 0 && stderr === '' && stdout !== '' && !cmd.includes('\n') && cmd.length < 90 && !/--?(help|version)\b/.test(cmd) && lines.length <= LONGEST_EXAMPLE.lines && lines.every((l) => l.length <= LONGEST_EXAMPLE.width)
  })
  const chosen: Row[] = []
  // Of each length some: the shortest shows the form, a longer one what else it does.
  for (const row of short.sort((a, b) => a.cmd.length - b.cmd.length)) {
    if (chosen.length >= EXAMPLES) break
    if (chosen.every((c) => c.cmd.split(' ').slice(0, 2).join(' ') !== row.cmd.split(' ').slice(0, 2).join(' '))) chosen.push(row)
  }
  return chosen.map(({ cmd, stdout }) => ({ command: cmd, output: stdout.replace(/\n$/, '') }))
}

async function gather(): Promise<Reference> {
  const lab = Lab.of(loadScenario('notes'), nodeHost())
  const session = new Session(lab.machine, { host: 'node01', hostNow })
  // The same simulator refuses the same: it is asked once.
  const { version, entries: last } = loadReference()
  const before = new Map(version !== '' && version === VERSION ? last.map((entry) => [entry.name, entry.refused] as const) : [])
  // A node of its own: trying options may leave traces.
  const asked = new Session(Lab.of(loadScenario('notes'), nodeHost()).machine, { host: 'node01', hostNow })
  const rows = recordings()
  const known = new Set<string>()
  const entries: Reference['entries'][number][] = []
  for (const { package: pkg, name, summary, paths } of PROGRAMS.values()) {
    for (const at of paths) known.add(at.slice(at.lastIndexOf('/') + 1))
    known.add(name)
    if (HIDDEN.has(pkg) || SERVERS.has(name)) continue
    const at = paths[0] ?? `/usr/bin/${name}`
    const { stdout, stderr, code } = await session.run({ cmd: `env ${paths.length > 0 ? name : at} --help </dev/null` })
    const help = code === 125 || /not simulated|No such file|not found/.test(stderr) ? '' : (stdout || stderr).slice(0, LONGEST_HELP)
    const refused = before.get(name) ?? (await refusedBy(asked, paths.length > 0 ? name : at, help))
    const mine = rows.filter(({ cmd }) => commandOf(cmd) === name)
    entries.push({ package: pkg, name, summary, paths, help, examples: examplesOf(mine), recorded: mine.length, refused })
  }
  const missing = fs
    .readFileSync('content/recordings/cri-node/rootfs.txt', 'utf8')
    .split('\n')
    .flatMap((line) => /^-.{2}x\S* .* \/(?:usr\/)?s?bin\/([\w.+-]+)$/.exec(line)?.[1] ?? [])
    .filter((name) => !known.has(name))
  return { version: VERSION, entries, missing: [...new Set(missing)].sort() }
}

const reference = await gather()
fs.mkdirSync(path.dirname(referenceFile()), { recursive: true })
fs.writeFileSync(referenceFile(), JSON.stringify(reference))
console.log(`reference: ${reference.entries.length} commands, ${reference.entries.filter((e) => e.help !== '').length} with help, ${reference.entries.filter((e) => e.examples.length > 0).length} with recorded examples`)
