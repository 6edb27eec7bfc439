/** What is read without the library is read as the library reads it. */
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { parseScenario } from '../../scenarios/written/schema'
import { plainYaml } from './plain'

const files = ['notes', 'modern'].flatMap((name) => parseScenario(readFileSync(`content/scenarios/${name}.yaml`, 'utf8'), name).nodes.map((node) => node.files ?? {}))

test('the kubeconfigs of the scenarios are plain', () => {
  for (const file of files) {
    const text = file['/etc/kubernetes/kubelet.conf'] ?? ''
    expect(plainYaml(text)).toEqual(parse(text))
    expect(plainYaml(text)).toBeDefined()
  }
})

const CASES = ['a: 1\n', 'a: true\n', 'a: "b"\n', 'a: b # c\n', 'a:\n- b\n- c: d\n  e: f\n', 'a:\n  - b\n', 'a:\n', 'a: b\nc\n', '- a\n- b: c\n', 'a: {}\n', 'a: &x b\n', 'a: b: c\n', 'no: b\n', 'a: |\n  b\n', 'a: b\n  c\n', '# a\n', '---\na: b\n', 'a: 2021-01-01\n', 'a: b\na: c\n', '']

test('what it takes, it reads as the library does', () => {
  for (const text of CASES) {
    const own = plainYaml(text)
    if (own !== undefined) expect(own, text).toEqual(parse(text))
  }
  expect(plainYaml('a: b\nc:\n- d\n')).toEqual({ a: 'b', c: ['d'] })
})

test('random values', () => {
  const leaf = fc.oneof(fc.constantFrom('a', 'v1', 'https://172.30.1.2:6443', 'yes', 'no way', '12', 'true', 'a: b', 'a #b', '-', '~', 'null'), fc.string())
  const value = fc.letrec<{ value: unknown }>((tie) => ({ value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('value')), fc.dictionary(fc.constantFrom('a', 'b', 'name', 'on', 'x y'), tie('value'))) })).value
  fc.assert(
    fc.property(value, (given) => {
      const text = stringify(given)
      const own = plainYaml(text)
      if (own !== undefined) expect(own).toEqual(parse(text))
    }),
    { numRuns: 500 },
  )
})
