// What of a module is run to show a prompt, and what is not, as V8 counts it. For scripts/split.mjs.
import fs from 'node:fs'
import inspector from 'node:inspector'
import vm from 'node:vm'

/**
 * Runs `show` on the module of a file, and gives what of it was not run: `functions` that no one called, and all `gaps`, each from where to where. A function that is called as
 * the module begins has no gaps: what it does may be another thing in a browser, and then is no time to fetch the rest.
 */
export async function unrunIn(address, show) {
  const beginning = `${address}#beginning`
  const session = new inspector.Session()
  session.connect()
  const ask = (method, params) => new Promise((resolve, reject) => session.post(method, params, (error, answer) => (error ? reject(error) : resolve(answer))))
  await ask('Profiler.enable')
  await ask('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  await show(await import(/* @vite-ignore */ address))
  await import(/* @vite-ignore */ beginning)
  const { result } = await ask('Profiler.takePreciseCoverage')
  session.disconnect()
  const functionsOf = (wanted) => result.filter(({ url }) => url === wanted).flatMap((script) => script.functions)
  const placeOf = ({ ranges: [{ startOffset, endOffset }] }) => `${startOffset}-${endOffset}`
  const isCalled = ({ ranges: [{ count }] }) => count > 0
  const early = new Set(functionsOf(beginning).filter(isCalled).map(placeOf))
  const all = functionsOf(address)
  return {
    functions: all.filter((each) => !isCalled(each)).map(({ ranges: [{ startOffset, endOffset }] }) => [startOffset, endOffset]),
    gaps: gapsIn(all.flatMap((each) => (early.has(placeOf(each)) ? each.ranges.slice(0, 1) : each.ranges))),
  }
}

/** Runs `show` on the first part, and gives what of the rest it called all the same: V8 takes some lines after a `yield` for gaps, though they were run. */
export async function calledIn(address, show) {
  const called = new Set()
  globalThis.self = globalThis
  globalThis.importScripts = (file) => {
    vm.runInThisContext(fs.readFileSync(new URL(file), 'utf8'))
    const { theRest } = globalThis
    globalThis.theRest = (given) => {
      const { functions, shown } = theRest(given)
      const counted = (each, i) =>
        function (...all) {
          called.add(i)
          return each.apply(this, all)
        }
      return { functions: functions.map(counted), shown }
    }
  }
  await show(await import(/* @vite-ignore */ address))
  return [...called]
}

/** The same without `places`, each from where to where, which were run after all. */
export function without({ functions, gaps }, places) {
  const cut = (gap, [start, end]) => [[gap[0], Math.min(gap[1], start)], [Math.max(gap[0], end), gap[1]]].filter(([from, to]) => from < to)
  return {
    functions: functions.filter(([start, end]) => !places.some(([from, to]) => from === start && to === end)),
    gaps: places.reduce((left, place) => left.flatMap((gap) => cut(gap, place)), gaps),
  }
}

/** Of ranges that lie within each other, the innermost counts. */
function gapsIn(ranges) {
  const unrun = new Uint8Array(Math.max(...ranges.map(({ endOffset }) => endOffset)) + 1)
  for (const { startOffset, endOffset, count } of ranges.toSorted((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset)) unrun.fill(count === 0 ? 1 : 0, startOffset, endOffset)
  const gaps = []
  for (let start = unrun.indexOf(1); start >= 0; ) {
    const end = unrun.indexOf(0, start)
    gaps.push([start, end])
    start = unrun.indexOf(1, end)
  }
  return gaps
}
