import { expect, test } from 'vitest'
import { bootTestNode, type TestNode } from '../../testing/node'
import { decode } from '../bytes'
import { finish } from '../run'
import type { Sys } from '../sys'
import { Syscalls } from '../syscalls'
import { Cgroups } from './cgroups'
import { relativePath } from './view'

function node(version: 1 | 2): { lab: TestNode; sys: Sys; cgroups: Cgroups } {
  const lab = bootTestNode()
  const cgroups = new Cgroups(version)
  lab.kernel.cgroups = cgroups
  return { lab, sys: new Syscalls(lab.init), cgroups }
}
const read = (sys: Sys, path: string): string => decode(finish(sys.readFile(path)))
const write = (sys: Sys, path: string, text: string): void => finish(sys.writeFile(path, new TextEncoder().encode(text)))

test('pids.max of a group above refuses a fork with EAGAIN, and pids.events counts it', () => {
  const { lab, sys } = node(1)
  sys.mkdir('/tmp/pids')
  sys.mount('cgroup', '/tmp/pids', 'cgroup', 'pids')
  sys.mkdir('/tmp/pids/pod')
  sys.mkdir('/tmp/pids/pod/box')
  write(sys, '/tmp/pids/pod/pids.max', '2')
  const { stdout } = lab.main(function* (own) {
    yield* own.writeFile('/tmp/pids/pod/box/cgroup.procs', new TextEncoder().encode('0'))
    let made = 0
    try {
      for (;;) {
        own.fork(function* (child) {
          yield* child.sleep(1e9)
          return 0
        })
        made++
      }
    } catch (error) {
      yield* own.write(1, new TextEncoder().encode(`${made} ${String(error)}`))
    }
    return 0
  })
  expect(stdout).toBe('1 Error: Resource temporarily unavailable')
  expect(read(sys, '/tmp/pids/pod/pids.events')).toBe('max 1\n')
  expect(read(sys, '/tmp/pids/pod/pids.peak')).toBe('2\n')
})

test('the freezer holds tasks of a group and below', () => {
  const { sys, cgroups, lab } = node(1)
  sys.mkdir('/tmp/freezer')
  sys.mount('cgroup', '/tmp/freezer', 'cgroup', 'freezer')
  sys.mkdir('/tmp/freezer/a')
  sys.mkdir('/tmp/freezer/a/b')
  const freezer = cgroups.hierarchy('freezer')
  const inner = freezer?.find('/a/b')
  if (!inner) throw new Error('mkdir made no group')
  cgroups.move(lab.init, inner)
  write(sys, '/tmp/freezer/a/freezer.state', 'FROZEN')
  expect([lab.init.state, read(sys, '/tmp/freezer/a/b/freezer.state'), read(sys, '/tmp/freezer/a/b/freezer.self_freezing')]).toEqual(['D', 'FROZEN\n', '0\n'])
  write(sys, '/tmp/freezer/a/freezer.state', 'THAWED')
  expect(lab.init.frozen).toBe(false)
  expect(() => sys.rmdir('/tmp/freezer/a')).toThrow()
  expect(() => sys.rmdir('/tmp/freezer/a/b')).toThrow('Device or resource busy')
})

test('/proc/PID/cgroup lists version 1 from the highest number down, version 2 alone as 0::', () => {
  expect(read(node(1).sys, '/proc/self/cgroup')).toBe('9:name=systemd:/\n8:pids:/\n7:blkio:/\n6:freezer:/\n5:devices:/\n4:memory:/\n3:cpuset:/\n2:cpuacct:/\n1:cpu:/\n0::/\n')
  expect(read(node(2).sys, '/proc/self/cgroup')).toBe('0::/\n')
})

test.each([
  ['/a/b', '/', '/a/b'], ['/a/b', '/a', '/b'], ['/a', '/a', '/'], ['/x', '/a', '/../x'], ['/', '/a', '/..'],
])('%s seen from %s is %s', (path, root, want) => {
  expect(relativePath(path, root)).toBe(want)
})
