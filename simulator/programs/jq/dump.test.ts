import { expect, test } from 'vitest'
import { Dump, GIVEN, parseColors } from './dump'
import { asDoubles, printNumber } from './numbers'

const COMPACT = '\x1b[1;39m[\x1b[0;39m1.0\x1b[0m\x1b[1;39m,\x1b[0;32m"x"\x1b[0m\x1b[1;39m,\x1b[0;90mnull\x1b[0m\x1b[1;39m\x1b[1;39m]\x1b[0m\n'

test('values lose the colours of the jq that runs', () => {
  expect(new Dump(GIVEN, null).feed(COMPACT)).toBe('[1,"x",null]\n')
})
test('or get those of 1.6', () => {
  expect(new Dump(GIVEN, parseColors(undefined)).feed(COMPACT)).toBe('\x1b[1;39m[\x1b[0;39m1\x1b[0m\x1b[1;39m,\x1b[0;32m"x"\x1b[0m\x1b[1;39m,\x1b[1;30mnull\x1b[0m\x1b[1;39m\x1b[1;39m]\x1b[0m\n')
})
test('wherever the stream is cut', () => {
  for (let cut = 0; cut < COMPACT.length; cut++) {
    const dump = new Dump(GIVEN, null)
    expect(dump.feed(COMPACT.slice(0, cut)) + dump.feed(COMPACT.slice(cut)) + dump.end()).toBe('[1,"x",null]\n')
  }
})
test('raw strings keep their escapes', () => {
  expect(new Dump(GIVEN, null).feed('\x1b[31mred\x1b[0m \x1b[0;32mgreen\n')).toBe('\x1b[31mred\x1b[0m \x1b[0;32mgreen\n')
})
test('numbers are printed as jq 1.6 prints doubles', () => {
  const printed = { '1.10': '1.1', '1e15': '1000000000000000', '1e16': '1e+16', '0.0001': '0.0001', '0.00001': '1e-05', '12345678901234567890': '12345678901234567000', '1e1000': '1.7976931348623157e+308', '-0': '-0' }
  for (const [literal, text] of Object.entries(printed)) expect(printNumber(literal)).toBe(text)
  expect(asDoubles('{"a 1.0":[1.0,"2.0"]}')).toBe('{"a 1.0":[1,"2.0"]}')
})
