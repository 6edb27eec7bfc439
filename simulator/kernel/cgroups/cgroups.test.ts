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
  expect(lab.init.frozen).toBe(null)
  expect(() => sys.rmdir('/tmp/freezer/a')).toThrow('Device or resource busy')
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

test('what version 1 freezes waits with its signals until it is thawed; version 2 lets it die', () => {
  for (const [version, file, on, state] of [[1, 'freezer.state', 'FROZEN', 'D'], [2, 'cgroup.freeze', '1', 'S']] as const) {
    const { lab, sys, cgroups } = node(version)
    sys.mkdir('/tmp/cg')
    sys.mount('cgroup', '/tmp/cg', version === 1 ? 'cgroup' : 'cgroup2', version === 1 ? 'freezer' : '')
    sys.mkdir('/tmp/cg/a')
    const pid = sys.fork(function* (child) {
      yield* child.sleep(1e12)
      return 0
    })
    const task = lab.kernel.pidNamespace.tasks.get(pid)
    const group = cgroups.hierarchy(version === 1 ? 'freezer' : '')?.find('/a')
    if (!task || !group) throw new Error('no task, or no group')
    cgroups.move(task, group)
    write(sys, `/tmp/cg/a/${file}`, on)
    expect(task.state).toBe(state)
    sys.kill(pid, 9)
    expect(task.isZombie).toBe(version === 2)
    write(sys, `/tmp/cg/a/${file}`, version === 1 ? 'THAWED' : '0')
    expect(task.isZombie).toBe(true)
  }
})

test('version 2 hands controllers down by subtree_control, keeps tasks in leaves, and has its limits and kill', () => {
  const { lab, sys, cgroups } = node(2)
  sys.mkdir('/tmp/cg')
  sys.mount('cgroup', '/tmp/cg', 'cgroup2', '')
  sys.mkdir('/tmp/cg/a')
  const names = (): string[] => sys.readdir('/tmp/cg/a').map((e) => e.name)
  expect(names()).not.toContain('memory.max')
  write(sys, '/tmp/cg/cgroup.subtree_control', '+memory +pids')
  expect([names().includes('memory.max'), names().includes('cpu.max'), read(sys, '/tmp/cg/a/cgroup.controllers')]).toEqual([true, false, 'memory pids\n'])
  expect(() => write(sys, '/tmp/cg/a/cgroup.subtree_control', '+cpu')).toThrow('No such file or directory')
  write(sys, '/tmp/cg/a/cgroup.max.depth', '1')
  sys.mkdir('/tmp/cg/a/b')
  expect(() => sys.mkdir('/tmp/cg/a/b/c')).toThrow('Resource temporarily unavailable')
  expect(() => sys.rename('/tmp/cg/a', '/tmp/cg/z')).toThrow('Operation not permitted')
  write(sys, '/tmp/cg/a/cgroup.subtree_control', '+pids')
  const pid = sys.fork(function* (child) {
    yield* child.sleep(1e12)
    return 0
  })
  expect(() => write(sys, '/tmp/cg/a/cgroup.procs', String(pid))).toThrow('Device or resource busy')
  write(sys, '/tmp/cg/a/b/cgroup.procs', String(pid))
  expect(read(sys, '/tmp/cg/a/cgroup.events')).toBe('populated 1\nfrozen 0\n')
  expect(() => write(sys, '/tmp/cg/a/cgroup.kill', '0')).toThrow('Numerical result out of range')
  write(sys, '/tmp/cg/a/cgroup.kill', '1')
  expect(lab.kernel.pidNamespace.tasks.get(pid)?.isZombie).toBe(true)
  expect(cgroups.hierarchy('')?.find('/a/b')?.count).toBe(0)
})

// Each seen on a 6.18 kernel.
test.each([
  ['cpu', 'cpu.shares', '1', '2\n'], ['cpu', 'cpu.shares', '999999999', '262144\n'], ['cpu', 'cpu.cfs_quota_us', '5', 'Invalid argument'], ['cpu', 'cpu.cfs_quota_us', '-5', '-1\n'],
  ['cpu', 'cpu.cfs_period_us', '10', 'Invalid argument'], ['memory', 'memory.limit_in_bytes', '10000', '8192\n'], ['memory', 'memory.limit_in_bytes', 'x', 'Invalid argument'],
  ['memory', 'memory.swappiness', '300', 'Invalid argument'], ['memory', 'memory.use_hierarchy', '0', 'Invalid argument'], ['memory', 'notify_on_release', '2', '1\n'],
  ['pids', 'pids.max', '5000000', 'Invalid argument'], ['pids', 'pids.max', '0', '0\n'], ['pids', 'cgroup.procs', '99999999', 'No such process'], ['pids', 'cgroup.procs', '-1', 'Invalid argument'],
])('%s: %s takes %s as %s', (controller, file, text, want) => {
  const { sys } = node(1)
  sys.mkdir('/tmp/cg')
  sys.mount('cgroup', '/tmp/cg', 'cgroup', controller)
  sys.mkdir('/tmp/cg/a')
  const attempt = (): string => {
    try {
      write(sys, `/tmp/cg/a/${file}`, text)
      return read(sys, `/tmp/cg/a/${file}`)
    } catch (error) {
      return error instanceof Error ? error.message : ''
    }
  }
  expect(attempt()).toBe(want)
})
