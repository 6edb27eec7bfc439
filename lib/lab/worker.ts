/**
 * The worker that runs the lab. Slices of a few milliseconds, given back through a MessageChannel so that keys get in; the
 * virtual clock follows the wall clock. Output waits while the page has not shown what it got.
 */
import distribution from '../../content/nodes/debian-12.json'
import { Lab, type LabTerminal } from '../../simulator'
import { loadJq } from './jq-host'
import type { FromWorker, ToWorker } from './protocol'
import { playStages } from './start'

const SLICE_MS = 8
/** How far the virtual clock may run ahead of the wall clock. */
const LEAD_MS = 20
/** Bytes on their way to the page before the machine waits. */
const IN_FLIGHT = 200_000
const PICTURE_MS = 300
const LONGEST_WAIT_MS = 1000

const say = (message: FromWorker, transfer: Transferable[] = []): void => postMessage(message, { transfer })

let basePath = ''
let lab: Lab | null = null
let terminal: LabTerminal | null = null
/** Virtual time minus wall time, ms. */
let offset = 0
let inFlight = 0
let timer: ReturnType<typeof setTimeout> | undefined
let scheduled = false
let pictureDue = true
let lastPicture = ''
let resting = true
const channel = new MessageChannel()
channel.port1.onmessage = () => {
  scheduled = false
  pump()
}

function soon(): void {
  clearTimeout(timer)
  if (scheduled) return
  scheduled = true
  channel.port2.postMessage(null)
}

function show(bytes: Uint8Array): void {
  if (bytes.length === 0) return
  inFlight += bytes.length
  resting = false
  const copy = bytes.slice()
  say({ type: 'output', bytes: copy }, [copy.buffer])
}

function pump(): void {
  if (!lab || inFlight > IN_FLIGHT) return
  const wall = performance.now() + offset
  const state = lab.run({ budget: SLICE_MS, until: wall + LEAD_MS })
  pictureDue = true
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

setInterval(() => {
  if (!lab || !pictureDue) return
  pictureDue = false
  const picture = lab.picture()
  const text = JSON.stringify(picture.nodes)
  if (text === lastPicture) return
  lastPicture = text
  say({ type: 'picture', picture })
}, PICTURE_MS)

async function begin(message: Extract<ToWorker, { type: 'begin' }>): Promise<void> {
  lab = null
  terminal = null
  inFlight = 0
  lastPicture = ''
  basePath = message.basePath
  const next = new Lab(message.scenario, { now: () => performance.now(), load: (name) => load(name), distribution })
  terminal = next.open({ cols: message.cols, rows: message.rows, output: show })
  await settle(next)
  await playStages(next, message.start)
  if (message.start.lastPid !== null) next.setLastPid(message.start.node, message.start.lastPid)
  offset = next.now() - performance.now()
  lab = next
  say({ type: 'began' })
  soon()
}

/** The login and what it types. */
async function settle(next: Lab): Promise<void> {
  for (let i = 0; i < 500; i++) {
    const state = next.run({ budget: SLICE_MS, until: next.now() + 10 })
    if (state.state === 'parked') await next.loaded()
  }
}

function load(name: string): Promise<unknown> {
  switch (name) {
    case 'jq': return loadJq(basePath)
    case 'debian-packages': return import('../../content/nodes/debian-12-packages.json').then((module) => module.default)
    default: return Promise.reject(new Error(`there is no asset ${name}`))
  }
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case 'begin':
      begin(data).catch((error: unknown) => say({ type: 'failed', message: error instanceof Error ? error.message : String(error) }))
      break
    case 'input':
      resting = false
      terminal?.input(data.bytes)
      soon()
      break
    case 'resize':
      terminal?.resize(data.cols, data.rows)
      soon()
      break
    case 'shown':
      inFlight -= data.bytes
      soon()
      break
    case 'exec':
      void lab?.exec(data.node, data.script).then((result) => {
        say({ type: 'result', id: data.id, result })
        soon()
      })
      break
  }
}
