import { expect, test } from 'vitest'
import { set } from './typography'

test.each([
  ["the pod's address, its containers' names", 'the pod’s address, its containers’ names'],
  ["'s spec", '’s spec'],
  ["a 'b", "a 'b"],
])('%s', (typed, shown) => expect(set(typed)).toBe(shown))
