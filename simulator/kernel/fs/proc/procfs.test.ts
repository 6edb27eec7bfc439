import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bootTestNode } from '../../../testing/node'
import { decode } from '../../bytes'
import { finish } from '../../run'
import type { Sys } from '../../sys'
import { Syscalls } from '../../syscalls'

const ROWS = readFileSync(new URL('../../../../content/recordings/cri-node/query/proc.jsonl', import.meta.url), 'utf8')
  .split('\n').filter(Boolean).map((line) => JSON.parse(line) as { cmd: string; stdout: string })
const recorded = (cmd: string): string[] => (ROWS.find((row) => row.cmd === cmd)?.stdout ?? '').split('\n').filter(Boolean)

const read = (sys: Sys, path: string): string => decode(finish(sys.readFile(path)))
const names = (sys: Sys, path: string): string[] => sys.readdir(path).map((e) => e.name).sort()

test('/proc/PID and /proc have the names that a real kernel has', () => {
  const sys = new Syscalls(bootTestNode().init)
  expect(names(sys, '/proc/self')).toEqual(recorded('ls /proc/12029').sort())
  const files = recorded('ls /proc | head -60').filter((name) => !/^\d+$/.test(name))
  expect(names(sys, '/proc').filter((name) => !/^\d+$/.test(name))).toEqual(expect.arrayContaining(files))
})

test('everything that may be read is read, and ends in a newline or is empty', () => {
  const sys = new Syscalls(bootTestNode().init)
  const secret = new Set(['mem', 'pagemap', 'auxv', 'clear_refs'])
  const endless = new Set(['loginuid', 'sessionid', 'wchan', 'cmdline', 'environ'])
  for (const name of names(sys, '/proc/1')) {
    if (sys.lstat(`/proc/1/${name}`).kind !== 'file' || secret.has(name)) continue
    const text = read(sys, `/proc/1/${name}`)
    if (!endless.has(name)) expect([name, text === '' || text.endsWith('\n')]).toEqual([name, true])
  }
  for (const name of names(sys, '/proc')) if (sys.lstat(`/proc/${name}`).kind === 'file') expect(read(sys, `/proc/${name}`)).toMatch(/^$|\n$/)
})

test('a child in a new pid namespace has two numbers; its own /proc shows only its namespace', () => {
  const lab = bootTestNode()
  const { stdout } = lab.main(function* (sys) {
    const pid = sys.fork(
      function* (child) {
        child.mkdir('/tmp/proc')
        child.mount('proc', '/tmp/proc', 'proc', '')
        const text = `${names(child, '/tmp/proc').filter((n) => /^\d/.test(n)).join()} ${child.readlink('/tmp/proc/self')} ${/PPid:.*/.exec(read(child, '/tmp/proc/1/status'))?.[0]}`
        yield* child.write(1, new TextEncoder().encode(`${text}\n${/NSpid:.*/.exec(read(child, '/proc/self/status'))?.[0]}\n`))
        return 0
      },
      { unshare: ['pid', 'mnt'] },
    )
    yield* sys.wait(pid)
    yield* sys.write(1, new TextEncoder().encode(`${pid}\n`))
    return 0
  })
  const [inside, numbers, pid] = stdout.split('\n')
  expect(inside).toBe('1 1 PPid:\t0')
  expect(numbers).toBe(`NSpid:\t${pid}\t1`)
})

test('/proc/sys/kernel/hostname is of the reader’s UTS namespace and may be written', () => {
  const lab = bootTestNode()
  const { stdout } = lab.main(function* (sys) {
    sys.unshare(['uts'])
    yield* sys.writeFile('/proc/sys/kernel/hostname', new TextEncoder().encode('pod\n'))
    yield* sys.write(1, yield* sys.readFile('/proc/sys/kernel/hostname'))
    return 0
  })
  expect(stdout).toBe('pod\n')
  expect(read(new Syscalls(lab.init), '/proc/sys/kernel/hostname')).toBe('testnode\n')
})

test('descriptors are links that lead to what is open, deleted or not', () => {
  const lab = bootTestNode()
  const { stdout } = lab.main(function* (sys) {
    const fd = yield* sys.open('/tmp/x', { read: true, write: true, create: true })
    yield* sys.write(fd, new TextEncoder().encode('held\n'))
    sys.unlink('/tmp/x')
    yield* sys.write(1, new TextEncoder().encode(`${sys.readlink(`/proc/self/fd/${fd}`)}\n`))
    yield* sys.write(1, yield* sys.readFile(`/proc/self/fd/${fd}`))
    return 0
  })
  expect(stdout).toBe('/tmp/x (deleted)\nheld\n')
})
