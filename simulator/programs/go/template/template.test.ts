/** What Go 1.19's text/template said of each template, over the same object: once as kubectl runs it, once as crictl does. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { marshalLine, sorted } from '../json'
import { execute, TemplateError, textFunction, valueFunction } from './execute'

interface Recorded {
  readonly template: string
  readonly numbers: 'float64' | 'json.Number'
  readonly out?: string
  readonly error?: string
}

const DATA = {
  a: 1, big: 123456789, f: 1.5, s: 'x', t: 'hello world', yes: true, no: false, l: [1, 'b', null], e: [], n: null, m: { k: 'v', j: 2, deep: { er: 'z' } },
}
const FUNCTIONS = { json: valueFunction((value) => marshalLine(sorted(value))), upper: textFunction((text) => text.toUpperCase()) }

const lines = readFileSync(new URL('recorded.jsonl', import.meta.url), 'utf8').trim().split('\n').map((line): Recorded => JSON.parse(line))

test.each(lines)('$numbers: $template', ({ template, numbers, out, error }) => {
  const run = (): string => execute(template, DATA, { name: 'output', functions: FUNCTIONS, numbers, missingKey: numbers === 'json.Number' ? 'error' : 'shown' })
  if (error === undefined) return expect(run()).toBe(out)
  expect(() => run()).toThrow(TemplateError)
  try {
    run()
  } catch (thrown) {
    expect(thrown instanceof Error && thrown.message).toBe(error)
  }
})
