import { expect, test } from 'vitest'
import { explain } from './explain'

const PS = 'UID          PID    PPID  C STIME TTY          TIME CMD'
const ROW = '65535      12012   11982  0 12:21 ?        00:00:00 /pause'
const at = (text: string, line = ROW, above = [PS, 'node01 $ ps -ef']) => explain({ text, line, from: line.indexOf(text), above })

test.each([
  ['12012', 'PID'],
  ['11982', 'PPID'],
  ['12:21', 'STIME'],
  ['?', 'TTY'],
  ['/pause', 'CMD'],
  ['65535', 'UID'],
])('%s of ps -ef stands under %s', (text, title) => expect(at(text)?.what).toBe(title))

test('below another prompt the head no longer holds', () => expect(at('12012', ROW, ['node01 $ cat x', PS])).toBeNull())

test('a line of a spec names the process that is joined', () => expect(at('ipc', '    "path": "/proc/12012/ns/ipc"', [])?.meaning).toContain('process 12012 (ipc)'))

test('a listing of ctr', () => {
  const head = 'CONTAINER                                                           IMAGE                                       RUNTIME                  '
  const line = '3325bef282b6555ed86811f22b08199824c8a305d55f28480a5403e03fe8ad1d    registry.k8s.io/pause:3.5                  io.containerd.runc.v2    '
  expect(at('registry', line, [head])?.what).toBe('IMAGE')
})
