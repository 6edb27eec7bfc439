import { expect, test } from 'vitest'
import { parseFilters } from './index'

const LABELS: Readonly<Record<string, string>> = { x: '1', 'a.b': 'two', 'a-b': 'c' }
const adaptor = ([first, ...rest]: readonly string[]): string | undefined => (first === 'id' ? 'c' : first === 'labels' ? LABELS[rest.join('.')] : undefined)
const holds = (text: string): boolean => parseFilters([text])(adaptor)

/** As containerd 1.6.20 matched them, the container being `c`. */
test.each([
  ['id==c', true], ['id!=c', false], ['id~=^c', true], ['id', true], ['nope', false], ['nope!=x', true], ['id~=c|d', true],
  ['labels.x==1', true], ['labels."a.b"==two', true], ['labels.a.b==two', true], ['labels."a-b"==c', true], ['labels.x==1,id==d', false],
  ['id~=/^c$/', true], ['id~=|^c$|', true], ['id=="\\x63"', true], ['id=="\\u0063"', true], ['id=="\\143"', true], ['"id"==c', true], ['', true],
  ['id == c', true], ['id==c, id==c', true], ['id~=[', false], ['id~=(?=c)', false], ['id~=(?i)C', true], ['id~=[[:alpha:]]', true], ['id~=\\Qc\\E', true], ['id~=\\pL', true],
])('%s: %s', (text, expected) => {
  expect(holds(text)).toBe(expected)
})

test.each([
  ['labels.', '[labels.]: expected field or quoted'],
  ['id==="a"', '[id >|=|< =="a"]: unsupported operator "==="'],
  ['labels.a-b==c', '[labels.a >|-|< b==c]: expected an operator ("=="|"!="|"~=")'],
  ['id==/c/', '[id== >|/|< c/]: invalid quote encountered'],
  ['id=="a', '[id== >|"|< a]: quoted literal not terminated'],
  ['id=="\\xZ"', '[id== >|"|< \\xZ"]: illegal numeric escape sequence'],
  ['id==a b', '[id==a >| |< b]: unexpected input:  '],
  ['id==', '[id==]: expected value or quoted'],
  ['nope~=.*', '[nope~= >|.|< *]: expected value or quoted'],
  ['==a', '[ >|=|< =a]: expected field or quoted'],
])('%s is none', (text, why) => {
  expect(() => holds(text)).toThrow(`filters: parse error: ${why}: invalid argument`)
})
