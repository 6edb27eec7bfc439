// Shows the first prompt of each SCENARIO with the worker's own code, and writes down what of it was not run (`unrunIn`), or what it called of the rest
// (`calledIn`): `node scripts/prompts.mjs AT-HAND ROOM OUT unrunIn|calledIn SCENARIO…` (scripts/worker.mjs runs it; AT-HAND is lib/lab/at-hand.ts, bundled).
import fs from 'node:fs'
import { pathToFileURL } from 'node:url'
import { calledIn, unrunIn } from './coverage.mjs'

const [atHand, room, out, what, ...scenarios] = process.argv.slice(2)
const { sourcesAtHand } = await import(atHand)
const BEGIN = { type: 'begin', start: { stages: [], lastPid: null, node: 'node01' }, build: '', recording: { build: '', cols: 80, rows: 24, entries: [] }, pace: 'at once' }

/** From the beginning to a key that is answered, and the picture. */
const show = (enter, scenario) =>
  new Promise((resolve, reject) => {
    const receive = enter(sourcesAtHand(scenario))
    let answered = false
    globalThis.postMessage = (message) => {
      if (message.type === 'failed') reject(new Error(`${scenario}: ${message.message}`))
      if (message.type === 'began') for (const input of [['r', 0, 100, 30], ['i', 0, '1']]) receive({ type: 'input', input })
      if (message.type === 'output') {
        receive({ type: 'shown', bytes: message.bytes.length })
        answered ||= new TextDecoder().decode(message.bytes).endsWith('1')
      }
      if (message.type === 'picture' && answered) resolve()
    }
    receive(BEGIN)
  })

// One after the other in one module, which is also that of the files that come meanwhile: what they call of it is called.
const found = await { unrunIn, calledIn }[what](pathToFileURL(room).href, async (module) => {
  // The bundler gives a module of a file by a name of its own.
  const { enter } = Object.values(module).find((each) => typeof each?.enter === 'function')
  for (const scenario of scenarios) await show(enter, scenario)
})
fs.writeFileSync(out, JSON.stringify(found))
process.exit(0)
