/** What never ends, or wants everything: the thread comes back after each slice, `^C` is answered, and the node goes on. */
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { decode, encode } from '../kernel/bytes'
import { Syscalls } from '../kernel/syscalls'
import { PROGRAMS } from '../programs/registry'
import { loadCapture } from '../scenarios/capture/load'
import { type Capture, parseCapture } from '../scenarios/capture/schema'
import { bashMain } from '../shell'
import type { Machine, Node } from './machine'

const FILE = resolve(import.meta.dirname, '../../content/recordings/cri-node/capture.json')
const PROMPT = 'node01 $ '
/** Milliseconds of host time that the page's worker gives at a time. */
const BUDGET = 8
/** Characters of the screen that are kept: more than a slice prints, less than `yes` would fill. */
const KEPT = 100_000
/**
 * Host time as this test has it: the machine asks for it after each step, and a step takes so many milliseconds. How busy the host is
 * decides nothing here; how long steps really take is measured by the benchmarks.
 */
const STEP_MS = 0.003
const hostTime = (): (() => number) => {
  let now = 0
  return () => (now += STEP_MS)
}

const capture: Capture = parseCapture(JSON.parse(readFileSync(FILE, 'utf8')))
const rootfs = readFileSync(join(dirname(FILE), 'rootfs.txt'), 'utf8')
const etc = JSON.parse(readFileSync(join(dirname(FILE), 'etc.json'), 'utf8')) as Record<string, string>

/** A login shell whose keys and screen the test has. */
class Terminal {
  readonly machine: Machine
  readonly node: Node
  shown = ''
  private readonly type: (bytes: Uint8Array) => void
  constructor() {
    const { machine, node, loginOf } = loadCapture(capture, { rootfs, etc, programs: PROGRAMS, hostNow: hostTime(), load: () => Promise.reject(new Error('no assets')) })
    this.machine = machine
    this.node = node
    const { tty, attach } = machine.openTerminal(node, { cols: 100, rows: 30 }, (bytes) => {
      // The end is enough, and `yes` would fill the memory.
      this.shown = (this.shown + decode(bytes)).slice(-KEPT)
    })
    this.type = (bytes) => tty.input(bytes)
    const task = loginOf(node)
    if (!task) throw new Error('the capture has no login shell')
    attach(task)
    node.kernel.start(task, bashMain(new Syscalls(task)))
    this.until((shown) => shown.endsWith(PROMPT))
  }
  keys(text: string): void {
    this.shown = ''
    this.type(encode(text))
  }
  slice(): void {
    this.machine.run({ budget: BUDGET, until: this.machine.now() + 20 })
    const oops = this.machine.oopses()[0]
    if (oops) throw oops.error
  }
  /** Slices until the screen is as wanted. */
  until(done: (shown: string) => boolean, most = 4000): number {
    for (let slices = 0; slices < most; slices++) {
      if (done(this.shown)) return slices
      this.slice()
    }
    throw new Error(`still not after ${most} slices: ${JSON.stringify(this.shown.slice(-300))}`)
  }
}

let terminal: Terminal
beforeEach(() => {
  terminal = new Terminal()
})

test.each(['yes', 'while :; do :; done', 'cat /dev/zero', 'cat /dev/urandom | grep -c zzzzz', 'seq inf | cat', 'while :; do true & wait; done', 'cat'])('^C ends: %s', (command) => {
  terminal.keys(`${command}\r`)
  for (let i = 0; i < 20; i++) terminal.slice()
  terminal.keys('\x03')
  // 50 ms of host time are six slices.
  expect(terminal.until((shown) => shown.endsWith(PROMPT))).toBeLessThanOrEqual(6)
  terminal.keys('echo $?\r')
  terminal.until((shown) => shown.includes('\r130\r\n') && shown.endsWith(PROMPT))
})

test.each([
  ['yes | head -n 2', 'y\r\ny\r\n'],
  ['cat /dev/urandom | head -c 1M | wc -c', '1048576\r\n'],
  ['seq 1000000 | tail -n 1', '1000000\r\n'],
  ['head -c 10M /dev/zero | cat | wc -c', '10485760\r\n'],
  ['for i in $(seq 1000); do sleep 50 & done > /dev/null 2>&1; jobs | wc -l; kill $(jobs -p); wait 2> /dev/null; jobs | wc -l', /\r1000\r\n0\r\n/],
  ['for i in $(seq 1000); do echo "echo $i"; done > /tmp/long.sh; bash /tmp/long.sh | tail -n 1', '\r1000\r\n'],
])('%s comes to its end', (command, output) => {
  terminal.keys(`${command}\r`)
  const done = (shown: string): boolean => shown.endsWith(PROMPT) && (typeof output === 'string' ? shown.includes(output) : output.test(shown))
  terminal.until(done)
})

test('a fork bomb meets threads-max, as bash says it, and the shell still answers', () => {
  terminal.node.kernel.threadsMax = 400
  terminal.keys(':(){ :|:& };:\r')
  terminal.until((shown) => shown.includes('-bash: fork: retry: Resource temporarily unavailable\r\n'))
  expect(terminal.node.kernel.pidNamespace.tasks.size).toBeLessThanOrEqual(400)
  terminal.keys('echo still here\r')
  expect(terminal.until((shown) => shown.includes('\rstill here\r\n'))).toBeLessThanOrEqual(6)
})

test('pids.max of the group bounds a fork bomb, and the group counts what it refused', () => {
  const group = '/sys/fs/cgroup/pids/bomb'
  terminal.keys(`mkdir ${group}; echo 50 > ${group}/pids.max; bash -c 'echo $$ > ${group}/cgroup.procs; :(){ :|:& };:; wait' > /dev/null 2>&1 &\r`)
  for (let i = 0; i < 60; i++) terminal.slice()
  terminal.keys(`cat ${group}/pids.current ${group}/pids.peak; grep -c 'max [1-9]' ${group}/pids.events; echo end\r`)
  terminal.until((shown) => /(?:[0-4]\d|50)\r\n50\r\n1\r\nend\r\n/.test(shown))
})

// Steps, not time: what takes the host long gives the thread back often enough, however little of the node's time it takes.
test.each([
  ['find /etc /usr /sys > /tmp/found', 200],
  ['ls -lR /etc /usr /sys > /tmp/listed', 100],
  ['du -s /etc /usr /sys', 100],
  ['grep -r nothing.of.the.kind /proc/1 /etc', 30],
  ['seq 60000 | grep -cE "^(1|2|3)*([0-9][0-9]?)*(4|5)*x$"', 150],
  ['seq 60000 | sort -k1,1 -n -r | tail -n 1', 200],
  ['seq 60000 | sed -n "s/^\\([0-9]*\\)[0-9]*x/\\1/p"', 150],
  ['seq 60000 | awk "/^(1|2|3)*([0-9][0-9]?)*(4|5)*x$/"', 250],
  ['awk "BEGIN { for (i = 0; i < 20000; i++) a[i] = i % 7; asort(a) }"', 50],
])('%s comes back often', (command, least) => {
  const { scheduler } = terminal.node.kernel
  const before = scheduler.steps
  terminal.keys(`${command}\r`)
  terminal.until((shown) => shown.endsWith(PROMPT), 40_000)
  expect(scheduler.steps - before).toBeGreaterThan(least)
})

test('a file of NULs is no line of its size', () => {
  terminal.keys('(echo needle; head -c 8M /dev/zero; echo needle) > /tmp/image; grep -c needle /tmp/image; grep -c -v needle /tmp/image; printf "a\\0b" | grep -c -v x; printf "a\\0" | grep -c -v x\r')
  terminal.until((shown) => shown.endsWith('\r2\r\n8388608\r\n2\r\n1\r\n\x1b[?2004hnode01 $ '), 40_000)
})
