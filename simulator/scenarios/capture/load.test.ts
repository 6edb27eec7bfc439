import { PROGRAMS } from '../../programs/registry'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decode, encode } from '../../kernel/bytes'
import { finish, type Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { Syscalls } from '../../kernel/syscalls'
import { spawnFrom } from '../../machine/init'
import { loadCapture } from './load'
import { parseCapture } from './schema'

const FOLDER = new URL('../../../content/recordings/cri-node/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8')

function boot() {
  const capture = parseCapture(JSON.parse(read('capture.json')))
  return { capture, ...loadCapture(capture, { rootfs: read('rootfs.txt'), etc: JSON.parse(read('etc.json')), hostNow: () => performance.now(), programs: PROGRAMS, load: () => Promise.reject(new Error('none')) }) }
}

test('the captured processes stand up with the files that they had in /proc', () => {
  const { capture, machine, node } = boot()
  expect(machine.oopses()).toEqual([])
  const sys = new Syscalls(node.init)
  const file = (path: string): string => decode(finish(sys.readFile(path)))
  expect([...node.kernel.pidNamespace.tasks.keys()].sort((a, b) => a - b)).toEqual(capture.processes.map((p) => p.pid))
  const differences: string[] = []
  // The reader is PID 1 itself, and the login shell has its terminal only when somebody logs in.
  const moving = new Set(['1 io', '13182 stat', '13182 schedstat'])
  for (const process of capture.processes) {
    const at = (name: string): string => file(`/proc/${process.pid}/${name}`)
    const want: Record<string, string> = {
      status: process.status, statm: process.statm, comm: process.comm, cgroup: process.cgroup, limits: process.limits, mountinfo: process.mountinfo,
      stat: process.stat, loginuid: process.loginuid, sessionid: process.sessionid, io: process.io, oom_score_adj: process.oom_score_adj, schedstat: process.schedstat, wchan: process.wchan,
    }
    for (const [name, text] of Object.entries(want)) {
      if (at(name) === text || moving.has(`${process.pid} ${name}`)) continue
      const a = text.split('\n'), b = at(name).split('\n')
      const i = a.findIndex((l, k) => l !== b[k])
      differences.push(`${process.pid} ${process.comm.trim()} ${name}: want ${a[i]?.slice(0, 250)} | got ${b[i]?.slice(0, 250)}`)
    }
    for (const [name, label] of Object.entries(process.ns)) if (sys.readlink(`/proc/${process.pid}/ns/${name}`) !== label) differences.push(`${process.pid} ns/${name}`)
    for (const name of ['exe', 'cwd', 'root'] as const) {
      const got = (() => { try { return sys.readlink(`/proc/${process.pid}/${name}`) } catch (e) { return String(e) } })()
      if (got !== process[name]) differences.push(`${process.pid} ${name}: want ${process[name]} got ${got}`)
    }
    for (const [fd, target] of Object.entries(process.fd)) {
      if (target.startsWith('/dev/pts/') && process.comm.startsWith('bash')) continue
      const got = (() => { try { return sys.readlink(`/proc/${process.pid}/fd/${fd}`) } catch (e) { return String(e) } })()
      if (got !== target) differences.push(`${process.pid} fd/${fd}: want ${target} got ${got}`)
    }
  }
  expect(differences).toEqual([])
})

test('the captured servers go on: a web server answers, pause ends when it is told to, a sleep sleeps what was left', () => {
  const { machine, node } = boot()
  const { kernel, init } = node
  const run = (main: (sys: Sys) => Run<number>): string => {
    const out: string[] = []
    spawnFrom(init, function* (sys) {
      const pipe = sys.pipe()
      const pid = sys.fork(function* (child) {
        child.dup2(pipe.write, 1)
        child.close(pipe.read)
        return yield* main(child)
      })
      sys.close(pipe.write)
      for (let part = yield* sys.read(pipe.read, 4096); part.length > 0; part = yield* sys.read(pipe.read, 4096)) out.push(decode(part))
      yield* sys.wait(pid)
      return 0
    })
    machine.run({ budget: 1000, until: machine.now() + 1000 })
    return out.join('')
  }
  const greeting = run(function* (sys) {
    sys.setns(yield* sys.open('/proc/12072/ns/net', { read: true }))
    const fd = sys.socket('inet', 'stream')
    yield* sys.connect(fd, { family: 'inet', address: '127.0.0.1', port: 2222 })
    yield* sys.write(fd, encode('GET / HTTP/1.0\r\n\r\n'))
    for (let part = yield* sys.read(fd, 4096); part.length > 0; part = yield* sys.read(fd, 4096)) yield* sys.write(1, part)
    return 0
  })
  expect(greeting).toContain('hello from port 2222\n')
  run(function* (sys) {
    sys.kill(12029, 15)
    sys.kill(12115, 9)
    return 0
  })
  expect([kernel.pidNamespace.tasks.get(12029)?.state ?? 'gone', kernel.pidNamespace.tasks.get(12115)?.state ?? 'gone'].every((s) => s === 'Z' || s === 'gone')).toBe(true)
  const before = kernel.pidNamespace.tasks.get(12822)
  expect(before?.comm).toBe('sleep')
  machine.run({ budget: 5000, until: machine.now() + 3_600_000 })
  expect(before?.isZombie).toBe(true)
  expect(machine.oopses()).toEqual([])
})
