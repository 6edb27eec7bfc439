import { describe, expect, test } from 'vitest'
import { loadJq } from '../../cli/jq-host'
import { decode, encode } from '../../kernel/bytes'
import { runJq } from './runtime'

const module = await loadJq()
const run = (args: string[], stdin = '') => {
  const { stdout, stderr, code } = runJq(module, { args, stdin: encode(stdin), files: new Map(), env: new Map(), cwd: '/', now: 1_700_000_000_000 })
  return { stdout: decode(stdout), stderr: decode(stderr), code }
}

describe('jq as WebAssembly', () => {
  test('filters its standard input', () => {
    expect(run(['-c', '.a'], '{"a":[1,"é"]}')).toEqual({ stdout: '[1,"é"]\n', stderr: '', code: 0 })
  })
  test('loses no output that does not end in a newline', () => {
    expect(run(['-j', '.[]'], '["a","b"]').stdout).toBe('ab')
  })
  test('knows the node time', () => {
    expect(run(['-n', 'now,(now|todate),("2015-03-05T23:51:47Z"|fromdate)']).stdout).toBe('1700000000\n"2023-11-14T22:13:20Z"\n1425599507\n')
  })
  test('ends with its status', () => {
    expect(run(['-n', 'error("x")']).code).toBe(5)
    expect(run(['-e', '.'], 'false').code).toBe(1)
    expect(run(['}']).code).toBe(3)
  })
})
