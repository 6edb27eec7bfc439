/**
 * Where the lab runs, in the page's worker. Slices of a few milliseconds, given back through a MessageChannel so that keys get in; the
 * virtual clock follows the wall clock. Output waits while the page has not shown what it got. Every input is logged with its moment,
 * and a log can be played again.
 */
import { Lab, type LabTerminal } from '../../simulator/lab'
import { knowDigests } from '../../simulator/containerd/registry'
import type { ProgramModule } from '../../simulator/programs/program'
import { lazyPrograms, programOfAsset } from '../../simulator/programs/lazy'
import { loadJq } from './jq-host'
import type { Entry, FromWorker, Input, Pace, ToWorker } from './protocol'
import type { Sources } from './sources'
import { playStages } from './start'

/** By file; the query asks for the program itself, not for its stand-in (scripts/later.mjs). A function, so that the list comes later too (scripts/split.mjs). */
const programFiles = (): Record<string, () => Promise<{ default: ProgramModule }>> => import.meta.glob<{ default: ProgramModule }>('../../simulator/programs/*/*/index.ts', { query: '?now' })

const SLICE_MS = 8
/** How far the virtual clock may run ahead of the wall clock. */
const LEAD_MS = 20
/** Bytes on their way to the page before the machine waits. */
const IN_FLIGHT = 64_000
const PICTURE_MS = 300
const LONGEST_WAIT_MS = 1000
/** The login, with what it types by itself, is over by then (virtual time). */
const LOGIN_MS = 5000
/** In a paced replay a longer silence is cut to this (virtual ns). */
const LONGEST_SILENCE_NS = 1.2e9
const NS_PER_MS = 1e6

const say = (message: FromWorker, transfer: Transferable[] = []): void => postMessage(message, { transfer })

let lab: Lab | null = null
/** The lab may run by itself: it has begun and nothing is replayed. */
let live = false
const terminals = new Map<number, LabTerminal>()
/** Virtual time minus wall time, ms. */
let offset = 0
let inFlight = 0
/** Since when the machine waits for the page, ms. */
let heldAt: number | null = null
/** A key came in: it has its slice, also while the page is behind. */
let answering = false
let timer: ReturnType<typeof setTimeout> | undefined
let scheduled = false
let pictureDue = true
let lastPicture = ''
let resting = true
let pace: Pace = 'at once'
const breathers: (() => void)[] = []
const channel = new MessageChannel()
channel.port1.onmessage = () => {
  scheduled = false
  for (const resolve of breathers.splice(0)) resolve()
  pump()
}

function soon(): void {
  clearTimeout(timer)
  if (scheduled) return
  scheduled = true
  channel.port2.postMessage(null)
}

/** Lets messages in. */
const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    breathers.push(resolve)
    soon()
  })
const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const show = (terminal: number) => (bytes: Uint8Array): void => {
  if (bytes.length === 0) return
  inFlight += bytes.length
  resting = false
  const copy = bytes.slice()
  say({ type: 'output', terminal, at: lab?.now() ?? 0, bytes: copy }, [copy.buffer])
}

function pump(): void {
  if (!lab || !live) return
  if (inFlight > IN_FLIGHT && !answering) {
    heldAt ??= performance.now()
    return
  }
  // While the page was drawing, time stood still: to catch up would send all of that at once.
  if (heldAt !== null) offset -= performance.now() - heldAt
  heldAt = null
  answering = false
  const wall = performance.now() + offset
  const state = lab.run({ budget: SLICE_MS, until: wall + LEAD_MS })
  pictureDue = true
  tellEnded()
  if (state.state === 'parked') {
    void lab.loaded().then(soon)
    return
  }
  if (state.state === 'busy') {
    if (lab.now() > wall + LEAD_MS) timer = setTimeout(soon, 4)
    else soon()
    return
  }
  if (!resting) {
    resting = true
    say({ type: 'rest' })
  }
  const wait = state.nextAt === undefined ? LONGEST_WAIT_MS : state.nextAt - (performance.now() + offset)
  timer = setTimeout(soon, Math.min(Math.max(0, wait), LONGEST_WAIT_MS))
}

function tellEnded(): void {
  for (const [id, terminal] of terminals) {
    if (!terminal.ended) continue
    terminals.delete(id)
    say({ type: 'ended', terminal: id })
  }
}

setInterval(() => {
  if (!lab || !pictureDue) return
  pictureDue = false
  const picture = lab.picture()
  const text = JSON.stringify(picture.nodes)
  if (text === lastPicture) return
  lastPicture = text
  say({ type: 'picture', picture })
}, PICTURE_MS)

async function begin(message: Extract<ToWorker, { type: 'begin' }>, sources: Sources): Promise<void> {
  const { recording, start } = message
  pace = message.pace
  const [scenario, distribution, digests, programs] = await Promise.all([sources.scenario, sources.distribution, sources.digests, sources.programs])
  knowDigests(digests)
  performance.mark('sources here')
  const next = await Lab.begin(scenario, { now: () => performance.now(), load: (name) => load(sources, name), distribution, programs: lazyPrograms(programs) })
  performance.mark('booted')
  terminals.set(0, next.open({ cols: recording.cols, rows: recording.rows, output: show(0) }))
  say({ type: 'opened', terminal: 0, node: next.scenario.login.host })
  await until(next, next.now() + LOGIN_MS)
  performance.mark('logged in')
  await playStages(next, start)
  if (start.lastPid !== null) next.setLastPid(start.node, start.lastPid)
  lab = next
  const exact = recording.build === message.build
  await replay(next, recording.entries, exact)
  offset = next.now() - performance.now()
  live = true
  performance.mark('began')
  say({ type: 'began', nodes: [...next.machine.nodes.keys()] })
  soon()
}

async function until(next: Lab, at: number): Promise<void> {
  while (next.now() < at) if (next.run({ budget: SLICE_MS, until: at }).state === 'parked') await next.loaded()
}

async function replay(next: Lab, entries: readonly Entry[], exact: boolean): Promise<void> {
  let done = 0
  for (const entry of entries) {
    await replayTo(next, exact ? entry[0] : Number.POSITIVE_INFINITY, entry[1])
    say({ type: 'logged', entry: [next.moment.steps, next.moment.ns, entry[2]] })
    await apply(next, entry[2])
    done++
    if (entry[2][0] === 'i') say({ type: 'replaying', done, of: entries.length })
  }
}

async function replayTo(next: Lab, steps: number, ns: number): Promise<void> {
  let last = performance.now()
  let paced = Math.max(next.moment.ns, ns - LONGEST_SILENCE_NS)
  for (;;) {
    const now = performance.now()
    paced = pace === 'at once' ? ns : Math.min(ns, paced + (now - last) * NS_PER_MS * pace)
    last = now
    const state = next.runTo({ steps, ns: paced }, SLICE_MS)
    pictureDue = true
    if (state === 'parked') await next.loaded()
    else if (state === 'reached' && paced >= ns) return
    if (state === 'reached' || inFlight > IN_FLIGHT) await rest(SLICE_MS)
    else await breathe()
  }
}

/** What an input does to the lab. */
async function apply(to: Lab, input: Input): Promise<void> {
  switch (input[0]) {
    case 'i':
      terminals.get(input[1])?.input(new TextEncoder().encode(input[2]))
      break
    case 'r':
      terminals.get(input[1])?.resize(input[2], input[3])
      break
    case 'o':
      terminals.set(input[1], to.open({ node: input[2], cols: input[3], rows: input[4], output: show(input[1]) }))
      say({ type: 'opened', terminal: input[1], node: input[2] })
      break
    case 'c':
      terminals.get(input[1])?.close()
      break
    case 'x':
      await to.exec(input[1], input[2])
      break
  }
}

function log(to: Lab, input: Input): void {
  const { steps, ns } = to.moment
  say({ type: 'logged', entry: [steps, ns, input] })
}

function load(sources: Sources, name: string): Promise<unknown> {
  switch (name) {
    case 'jq': return loadJq(() => sources.file('assets/jq.wasm'))
    case 'debian-packages': return import('../../content/nodes/debian-12-packages.json').then((module) => module.default)
    default: {
      const file = programFiles()[`../../simulator/programs/${programOfAsset(name)}/index.ts`]
      return file ? file().then((module) => module.default) : Promise.reject(new Error(`there is no asset ${name}`))
    }
  }
}

async function handle(data: ToWorker, sources: Sources): Promise<void> {
  if (data.type === 'begin') return begin(data, sources)
  if (!lab) return
  if (data.type === 'input') {
    resting = false
    answering = true
    log(lab, data.input)
    await apply(lab, data.input)
    // At once: a key's echo is waited for.
    clearTimeout(timer)
    return pump()
  } else if (data.type === 'exec') {
    log(lab, ['x', data.node, data.script])
    say({ type: 'result', id: data.id, result: await lab.exec(data.node, data.script) })
    // What it took of virtual time is no lead over the wall.
    offset = Math.max(offset, lab.now() - performance.now())
  }
  soon()
}

/** One after the other, in the order they came: an input waits for the boot and for a check that still loads something. */
let chain: Promise<void> = Promise.resolve()

performance.mark('code here')

/** What takes the page's messages. */
export const enter = (sources: Sources) => (data: ToWorker): void => {
  if (data.type === 'shown') {
    inFlight -= data.bytes
    soon()
  } else if (data.type === 'pace') pace = data.pace
  else chain = chain.then(() => handle(data, sources)).catch((error: unknown) => say({ type: 'failed', message: error instanceof Error ? error.message : String(error) }))
}
