import { describe, expect, test } from 'vitest'
import { bootTestNode } from '../testing/node'

describe('calls that nest', () => {
  test('a thousand levels come back with their values', () => {
    expect(bootTestNode().bash('f() { (($1 == 0)) && { echo bottom; return 7; }; f $(($1 - 1)); }; f 1000; echo $?')).toEqual({ stdout: 'bottom\n7\n', stderr: '', code: 0 })
  })
  test('a call without an end ends the shell as a used-up stack does', () => {
    expect(bootTestNode().bash('f() { f; }; f; echo never').code).toBe(139)
  })
  test('so does one that forks at each level, and those above it come back', { timeout: 60_000 }, () => {
    expect(bootTestNode().bash('f() { $(f); }; f; echo $?')).toEqual({ stdout: '139\n', stderr: '', code: 0 })
  })
  test('FUNCNEST bounds it with a message', () => {
    expect(bootTestNode().bash('FUNCNEST=3; f() { f; }; f; echo never')).toEqual({ stdout: '', stderr: 'environment: line 1: f: maximum function nesting level exceeded (3)\n', code: 1 })
  })
  test('break, return and errors pass through bodies', () => {
    expect(bootTestNode().bash('f() { eval "return 3"; }; f; echo $?; for i in 1 2; do eval break; done; echo $i; g() { ${x:?gone}; }; (g); echo $?').stdout).toBe('3\n1\n1\n')
  })
})
