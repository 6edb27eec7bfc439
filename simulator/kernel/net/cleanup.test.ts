import { expect, test } from 'vitest'
import { bootTestNode } from '../../testing/node'

const veths = (lab: ReturnType<typeof bootTestNode>): string => lab.run(['ip', '-br', 'link', 'show', 'type', 'veth']).stdout

test('a namespace that only a task held takes its veth, and so the peer, with it', () => {
  const lab = bootTestNode()
  lab.main(function* (sys) {
    const ready = sys.pipe()
    const pid = sys.fork(
      function* (child) {
        yield* child.read(ready.read, 1)
        return 0
      },
      { unshare: ['net'] },
    )
    const ip = sys.fork((child) => child.exec('/usr/bin/ip', ['ip', 'link', 'add', 'here', 'type', 'veth', 'peer', 'name', 'there', 'netns', String(pid)], new Map()))
    yield* sys.wait(ip)
    sys.close(ready.read)
    yield* sys.write(ready.write, new Uint8Array(1))
    return 0
  })
  expect(veths(lab)).toBe('')
})

test('a named namespace lives as long as its bind mount', () => {
  const lab = bootTestNode()
  lab.run(['ip', 'netns', 'add', 'blue'])
  lab.run(['ip', 'link', 'add', 'here', 'type', 'veth', 'peer', 'name', 'there', 'netns', 'blue'])
  lab.run(['ip', 'netns', 'exec', 'blue', 'ip', 'link'])
  expect(veths(lab)).toContain('here')
  lab.run(['ip', 'netns', 'del', 'blue'])
  expect(veths(lab)).toBe('')
})
