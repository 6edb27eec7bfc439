/**
 * `npm run bench`: how long the simulator takes for what a session does, beside the real tool where this machine has it.
 * Measures, not tests: nothing fails here. Times are host time, the best of several rounds: what else
 * the machine does meanwhile only ever adds.
 */
import { dialContainerd } from '../containerd/services'
import { PROGRAMS } from '../programs/registry'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Run } from '../kernel/run'
import type { Sys } from '../kernel/sys'
import { spawnFrom } from '../machine/init'
import type { Machine, Node } from '../machine/machine'
import { type LoadedCapture, loadCapture } from '../scenarios/capture/load'
import { parseCapture } from '../scenarios/capture/schema'
import { loadAsset } from './assets'
import { ROOT } from './load'

const CAPTURE = process.env.PAUSE_LAB_CAPTURE ?? join(ROOT, 'content/recordings/cri-node/capture.json')
const ENVIRONMENT = new Map([['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], ['HOME', '/root'], ['LANG', 'C.UTF-8']])

interface Row {
  readonly what: string
  readonly micros: number
  readonly target?: number
  /** Microseconds of the real tool; undefined where it is not here. */
  readonly real?: number | undefined
}

const hostNow = (): number => performance.now()

function best(rounds: number, once: () => number): number {
  let least = Infinity
  for (let i = 0; i < rounds; i++) least = Math.min(least, once())
  return least
}

const timed = (work: () => void): number => {
  const begun = hostNow()
  work()
  return (hostNow() - begun) * 1000
}

const files = {
  capture: parseCapture(JSON.parse(readFileSync(CAPTURE, 'utf8'))),
  rootfs: readFileSync(join(dirname(CAPTURE), 'rootfs.txt'), 'utf8'),
  etc: JSON.parse(readFileSync(join(dirname(CAPTURE), 'etc.json'), 'utf8')) as Record<string, string>,
}
const boot = (): LoadedCapture => loadCapture(files.capture, { rootfs: files.rootfs, etc: files.etc, hostNow, load: loadAsset, programs: PROGRAMS })

/** Runs a coroutine as a child of the node's init until it is over. */
function play(machine: Machine, node: Node, main: (sys: Sys) => Run<number>): void {
  let done = false
  spawnFrom(node.init, function* (sys) {
    const code = yield* main(sys)
    done = true
    return code
  })
  while (!done) {
    const { state } = machine.run({ budget: 1000, until: Infinity, done: () => done })
    const oops = machine.oopses()[0]
    if (oops) throw oops.error
    if (state !== 'busy' && !done) throw new Error('the benchmark waits for ever')
  }
}

/** Forks a child that executes argv with its output thrown away, and waits for it. */
function* command(sys: Sys, path: string, argv: readonly string[]): Run {
  const pid = sys.fork((child) => child.exec(path, argv, ENVIRONMENT))
  const ended = yield* sys.wait(pid)
  if (ended?.status.kind !== 'exited' || ended.status.code !== 0) throw new Error(`${argv.join(' ')} failed`)
}

/** Host microseconds for one run of a command on a node that has run it often. */
function commandTime({ machine, node }: LoadedCapture, argv: readonly string[], rounds = 60): number {
  const once = (): number => timed(() => play(machine, node, (sys) => repeated(sys, argv, 1)))
  best(rounds, once)
  return best(rounds, once)
}

function* repeated(sys: Sys, argv: readonly string[], times: number): Run<number> {
  const path = (ENVIRONMENT.get('PATH') ?? '').split(':').map((directory) => `${directory}/${argv[0]}`).find((file) => sys.access(file, { execute: true })) ?? ''
  const fd = yield* sys.open('/dev/null', { read: true, write: true })
  for (const to of [0, 1, 2]) sys.dup2(fd, to)
  if (fd > 2) sys.close(fd)
  for (let i = 0; i < times; i++) yield* command(sys, path, argv)
  return 0
}

/** Microseconds of a real command; undefined where it does not run. */
function real(argv: readonly string[], rounds = 9): number | undefined {
  const [name = '', ...args] = argv
  if (spawnSync(name, args, { stdio: 'ignore' }).status !== 0) return undefined
  return best(rounds, () => timed(() => void spawnSync(name, args, { stdio: 'ignore' })))
}

/** What the real bash takes for a script beyond starting. */
function realScript(script: string): number | undefined {
  const whole = real(['bash', '-c', script])
  const empty = real(['bash', '-c', ':'])
  return whole === undefined || empty === undefined ? undefined : whole - empty
}

function* forks(sys: Sys, count: number): Run<number> {
  for (let i = 0; i < count; i++) {
    const pid = sys.fork(function* () {
      return 0
    })
    yield* sys.wait(pid)
  }
  return 0
}

/** Microseconds for fork and wait, with so many other processes asleep. */
function forkAmong(others: number): number {
  const loaded = boot()
  const { machine, node } = loaded
  play(machine, node, function* (sys) {
    for (let i = 0; i < others; i++) {
      sys.fork(function* (child) {
        yield* child.pause()
        return 0
      })
    }
    return 0
  })
  play(machine, node, (sys) => forks(sys, 300))
  return best(9, () => timed(() => play(machine, node, (sys) => forks(sys, 200))) / 200)
}

/** Creates containers until the node has so many more, as a client of containerd does, and lists them. The larger table makes garbage that is collected within a run: only the best of many has little of that. */
function listAmong(count: number): number {
  const loaded = boot()
  const { machine, node } = loaded
  play(machine, node, function* (sys) {
    const client = dialContainerd(sys)
    const [pattern] = yield* sys.call(client, ({ containers }) => containers.list('k8s.io', []))
    if (!pattern) throw new Error('there is no container')
    for (let i = 0; i < count; i++) yield* sys.call(client, ({ containers }) => containers.create('k8s.io', { ...pattern, ID: `bench-${i}` }))
    return 0
  })
  return commandTime(loaded, ['ctr', '-n', 'k8s.io', 'c', 'ls'], 40)
}

function rows(): Row[] {
  const loaded = boot()
  const { machine, node } = loaded
  const out: Row[] = []
  const add = (row: Row): void => {
    out.push(row)
    print(row)
  }
  add({ what: 'boot of the captured node', target: 30_000, micros: best(9, () => timed(() => void boot())) })
  play(machine, node, (sys) => repeated(sys, ['true'], 400))
  add({
    what: 'fork + exec + wait (/bin/true)', target: 20, micros: best(15, () => timed(() => play(machine, node, (sys) => repeated(sys, ['true'], 200))) / 200),
    real: perRun(realScript('for ((i = 0; i < 200; i++)); do /bin/true; done'), 200),
  })
  add({ what: 'ps -ef', target: 200, micros: commandTime(loaded, ['ps', '-ef'], 200), real: real(['ps', '-ef']) })
  add({ what: 'ctr -n k8s.io c ls', target: 1000, micros: commandTime(loaded, ['ctr', '-n', 'k8s.io', 'c', 'ls']), real: real(['ctr', '-n', 'k8s.io', 'c', 'ls']) })
  add({ what: 'crictl pods', target: 1000, micros: commandTime(loaded, ['crictl', 'pods']), real: real(['crictl', 'pods']) })
  const loop = 'for i in $(seq 1000); do echo $i; done'
  add({ what: loop, target: 10_000, micros: commandTime(loaded, ['bash', '-c', loop], 15), real: real(['bash', '-c', loop]) })
  for (const script of ['yes | head -n 100000 | wc -l', 'head -c 10M /dev/zero | wc -c', 'seq 100000 | tail -n 1', 'seq 20000 | sort -n | uniq | wc -l', 'seq 20000 | grep -c 7', 'i=0; while ((i < 10000)); do ((i++)); done']) {
    add({ what: script, micros: commandTime(loaded, ['bash', '-c', script], 3), real: real(['bash', '-c', script], 5) })
  }
  for (const others of [10, 100, 1000, 10_000]) add({ what: `fork + wait among ${others} processes`, micros: forkAmong(others) })
  const [fewer, more] = [1000, 10_000]
  const among = listAmong(fewer)
  add({ what: `ctr c ls with ${fewer} containers more`, micros: among })
  add({ what: `ctr c ls with ${more} containers more`, target: among * (more / fewer), micros: listAmong(more) })
  return out
}

const perRun = (micros: number | undefined, times: number): number | undefined => (micros === undefined ? undefined : micros / times)

const shown = (micros: number | undefined): string => (micros === undefined ? '' : micros >= 1000 ? `${(micros / 1000).toFixed(2)} ms` : `${micros.toFixed(1)} µs`)

function print({ what, micros, target, real: other }: Row): void {
  const verdict = target === undefined ? '' : micros <= target ? 'met' : 'not met'
  process.stdout.write(`${what.padEnd(46)}${shown(micros).padStart(12)}${shown(target).padStart(12)} ${verdict.padEnd(8)}${shown(other).padStart(12)}\n`)
}

process.stdout.write(`${''.padEnd(46)}${'simulator'.padStart(12)}${'target'.padStart(12)} ${''.padEnd(8)}${'real'.padStart(12)}\n`)
rows()
