/** Where a task's streams go: files, programs and FIFOs of ctr's choosing; words and what is left behind compared with ctr 1.6.20. */
import { expect, test } from 'vitest'
import { machineOf, sessionOn } from '../../../testing/scenario'

const node = () => sessionOn(machineOf('notes'), 'node01')
const IMAGE = 'registry.k8s.io/pause:3.5'
const BOX = 'ctr -n k8s.io'

test.each([
  ['binary:///nope', 'failed to create shim task: failed to create init process I/O: 1 error occurred:\n\t* failed to start binary process: fork/exec /nope: no such file or directory\n\n: unknown'],
  ['/tmp/none', 'failed to create shim task: failed to start io pipe copy: unable to copy pipes: containerd-shim: opening file "/tmp/none" failed: open /tmp/none: no such file or directory: unknown'],
  ['foo:///tmp/none', 'failed to create shim task: failed to create init process I/O: unknown STDIO scheme foo: unknown'],
  ['::bad', 'parse "::bad": missing protocol scheme'],
])('--log-uri %s', async (uri, why) => {
  expect((await node().run({ cmd: `${BOX} run --log-uri '${uri}' ${IMAGE} box -v` })).stderr).toBe(`ctr: ${why}\n`)
})

test('a log file and the directories above it are made; a program reads what is logged from its third descriptor', async () => {
  const session = node()
  expect((await session.run({ cmd: `${BOX} run --rm --log-uri file:///tmp/a/b/log ${IMAGE} box /pause -v; cat /tmp/a/b/log` })).stdout).toMatch(/^pause/)
  await session.run({ cmd: 'printf \'#!/bin/sh\\necho "$CONTAINER_NAMESPACE/$CONTAINER_ID $*" > /tmp/said\\nexec 5>&-\\ncat <&3 >> /tmp/said\\n\' > /tmp/logger; chmod +x /tmp/logger' })
  await session.run({ cmd: `${BOX} run --rm --log-uri 'binary:///tmp/logger?a=b' ${IMAGE} box2 /pause -v; sleep 0.2` })
  expect((await session.run({ cmd: 'cat /tmp/said' })).stdout).toMatch(/^k8s\.io\/box2 a b\npause/)
})

test('FIFOs go with the task that is deleted', async () => {
  const session = node()
  await session.run({ cmd: `${BOX} run -d --fifo-dir /tmp/fifos ${IMAGE} box` })
  expect((await session.run({ cmd: 'ls /tmp/fifos/*' })).stdout).toBe('box-stderr\nbox-stdin\nbox-stdout\n')
  expect((await session.run({ cmd: `${BOX} t kill -s 9 box; sleep 0.2; ${BOX} t rm box; ls /tmp/fifos` })).stdout).toBe('')
})

test('a task whose pid cannot be written stays as it was created', async () => {
  const session = node()
  const { stderr } = await session.run({ cmd: `${BOX} run --rm --pid-file /none/pid ${IMAGE} box; ${BOX} t ls | grep -c 'box.*CREATED' >&2; ${BOX} c rm box` })
  expect(stderr).toMatch(/^ctr: open \/none\/\.pid: no such file or directory\n1\n.*task must be stopped before deletion: created: failed precondition"\nctr: task must be stopped before deletion: created: failed precondition\n$/)
})
