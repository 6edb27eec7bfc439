// Shows the first prompt of every scenario that a lesson stands on, with the worker's own code, and writes down what of it was not run (`unrunIn`), or what it called of the rest
// (`calledIn`): `node scripts/prompts.mjs ROOM OUT unrunIn|calledIn` (scripts/worker.mjs runs it).
import fs from 'node:fs'
import { pathToFileURL } from 'node:url'
import path from 'node:path'
import { bundle, root } from './bundle.mjs'
import { calledIn, unrunIn } from './coverage.mjs'

const [room, out, what] = process.argv.slice(2)
const { sourcesAtHand } = await import(await bundle('at-hand', 'lib/lab/at-hand.ts', ['lib', 'simulator', 'content']))
const BEGIN = { type: 'begin', start: { stages: [], lastPid: null, node: 'node01' }, build: '', recording: { build: '', cols: 80, rows: 24, entries: [] }, pace: 'at once' }

/** Those of the lessons; the start page's is one. What another needs besides, it fetches before its prompt. */
const LESSONS = path.join(root, 'content/lessons')
const scenarios = new Set(fs.readdirSync(LESSONS).flatMap((name) => /^scenario: *(\S+)/m.exec(fs.readFileSync(path.join(LESSONS, name, 'index.md'), 'utf8'))?.[1] ?? []))

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
