/** A bare node for tests: an empty disk with the programs of this tree at their paths, devices, /proc and /tmp. Runs commands to their end. */
import { Clock } from '../kernel/clock'
import { decode, encode } from '../kernel/bytes'
import { DEVICE_NUMBERS } from '../kernel/devices'
import { elfFile } from '../kernel/elf'
import { MemoryDirectory, MemoryFile, MemoryFs, MemoryLink, MemorySpecial } from '../kernel/fs/memory'
import { ProcFs } from '../kernel/fs/proc/procfs'
import { Kernel } from '../kernel/kernel'
import { Random } from '../kernel/random'
import type { Run } from '../kernel/run'
import type { Sys } from '../kernel/sys'
import type { Task } from '../kernel/task'
import { DevptsFs } from '../kernel/tty/devpts'
import { device } from '../kernel/vfs/filesystem'
import { Directory } from '../kernel/vfs/inode'
import { type Location, rootOf } from '../kernel/vfs/location'
import { Mount } from '../kernel/vfs/mount'
import { firstNamespaces, firstTask, reapForever, runIn, spawnFrom } from '../machine/init'
import { PROGRAMS } from '../programs/registry'

export interface Result {
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

export interface TestNode {
  readonly kernel: Kernel
  readonly init: Task
  /** Runs a program (argv) with standard input, and waits for its end. */
  run(argv: readonly string[], options?: { stdin?: string; cwd?: string; env?: Record<string, string> }): Result
  /** Runs a script with `bash -c`. */
  bash(script: string, options?: { stdin?: string; cwd?: string; env?: Record<string, string> }): Result
  /** Runs a coroutine as a program. */
  main(main: (sys: Sys) => Run<number>): Result
  file(path: string, contents: string): void
}

const ENVIRONMENT: Readonly<Record<string, string>> = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LANG: 'C.UTF-8' }

/** Boots the node. `load` gives lazy assets (jq's WebAssembly), if a test needs them. */
export function bootTestNode(options: { load?: (name: string) => Promise<unknown>; seed?: string } = {}): TestNode {
  const clock = new Clock({ sec: 1_700_000_000, nsec: 0 })
  const kernel = new Kernel({
    clock, random: new Random(options.seed ?? 'test'), release: '6.1.0-18-amd64', version: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01)',
    programs: PROGRAMS, load: options.load ?? (() => Promise.reject(new Error('no assets'))),
  })
  const now = () => clock.realtime()
  const disk = new MemoryFs({ type: 'ext4', dev: device(254, 0), now, options: 'rw' })
  const made = { mode: 0o755, uid: 0, gid: 0, now: now() }
  const directory = (path: string): MemoryDirectory => {
    let here = disk.root
    for (const name of path.split('/').filter((n) => n !== '')) {
      let next = here.lookup(name)
      if (next instanceof MemoryLink) next = directory(next.target())
      if (!next) {
        next = new MemoryDirectory(disk, made)
        here.insert(name, next)
      }
      if (!(next instanceof MemoryDirectory)) throw new Error(`${path}: ${name} is no directory`)
      here = next
    }
    return here
  }
  for (const path of ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/proc', '/dev/pts', '/root', '/tmp', '/etc', '/var/tmp', '/run', '/sys', '/home', '/var/run']) directory(path)
  for (const name of ['bin', 'sbin']) disk.root.insert(name, new MemoryLink(disk, made, `usr/${name}`))
  directory('/tmp').setAttributes({ mode: 0o1777 })
  for (const { id, paths, size } of PROGRAMS.values()) {
    for (const path of paths) {
      const cut = path.lastIndexOf('/')
      directory(path.slice(0, cut)).insert(path.slice(cut + 1), new MemoryFile(disk, made, { size: size ?? 14472, make: () => elfFile(id, size) }))
    }
  }
  for (const [name, rdev] of Object.entries(DEVICE_NUMBERS)) directory('/dev').insert(name, new MemorySpecial(disk, 'chr', { ...made, mode: 0o666 }, rdev))
  for (const [fd, name] of ['stdin', 'stdout', 'stderr'].entries()) directory('/dev').insert(name, new MemoryLink(disk, made, `/proc/self/fd/${fd}`))
  directory('/dev').insert('fd', new MemoryLink(disk, made, '/proc/self/fd'))
  const file = (path: string, contents: string): void => {
    const cut = path.lastIndexOf('/')
    directory(path.slice(0, cut)).insert(path.slice(cut + 1), new MemoryFile(disk, { ...made, mode: 0o644 }, encode(contents)))
  }
  file('/etc/passwd', 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n')
  file('/etc/group', 'root:x:0:\ntty:x:5:\nnogroup:x:65534:\n')
  file('/etc/hosts', '127.0.0.1 localhost\n')

  const ns = firstNamespaces(kernel, 'testnode')
  const root = new Mount({ id: kernel.mountId(), fs: disk, source: '/dev/vda', point: null })
  const init = firstTask(kernel, ns, root)
  const at = (path: string): Location => {
    let here = rootOf(root)
    for (const name of path.split('/').filter((n) => n !== '')) {
      const inode = here.inode instanceof Directory ? here.inode.lookup(name, null) : undefined
      if (!inode) throw new Error(`${path} is missing`)
      here = { mount: here.mount, inode, parent: here, name }
    }
    return here
  }
  ns.mnt.attach(new Mount({ id: kernel.mountId(), fs: new ProcFs(kernel, kernel.pidNamespace), source: 'proc', point: at('/proc') }))
  ns.mnt.attach(new Mount({ id: kernel.mountId(), fs: new DevptsFs(kernel.anonymousDevice(), now), source: 'devpts', point: at('/dev/pts') }))
  init.comm = 'init'
  init.argv = ['/sbin/init']
  runIn(init, reapForever)

  const settle = (): void => {
    const result = kernel.scheduler.run({ until: Infinity, expired: () => false })
    if (result.state === 'busy') throw new Error('the node did not come to rest')
    const oops = kernel.oopses[0]
    if (oops) throw oops.error
  }

  const main = (body: (sys: Sys) => Run<number>): Result => {
    const dir = '/tmp/.out'
    let code = -1
    file(`${dir}/stdout`, '')
    file(`${dir}/stderr`, '')
    file(`${dir}/stdin`, '')
    const read = (name: string): string => {
      const inode = directory(dir).lookup(name)
      return inode instanceof MemoryFile ? decode(inode.read(0, inode.size(), null)) : ''
    }
    spawnFrom(init, function* (sys) {
      const pid = sys.fork(function* (child) {
        child.setsid()
        yield* child.open(`${dir}/stdin`, { read: true })
        yield* child.open(`${dir}/stdout`, { write: true, append: true })
        yield* child.open(`${dir}/stderr`, { write: true, append: true })
        return yield* body(child)
      })
      const ended = yield* sys.wait(pid)
      if (ended?.status.kind === 'exited') code = ended.status.code
      else if (ended?.status.kind === 'signaled') code = 128 + ended.status.signo
      return 0
    })
    settle()
    return { stdout: read('stdout'), stderr: read('stderr'), code }
  }

  const run: TestNode['run'] = (argv, { stdin = '', cwd = '/root', env = {} } = {}) =>
    main(function* (sys) {
      if (stdin !== '') {
        yield* sys.writeFile('/tmp/.out/input', encode(stdin))
        const fd = yield* sys.open('/tmp/.out/input', { read: true })
        sys.dup2(fd, 0)
        sys.close(fd)
      }
      sys.chdir(cwd)
      const environment = new Map(Object.entries({ ...ENVIRONMENT, ...env }))
      const [name = ''] = argv
      const path = name.includes('/') ? name : (environment.get('PATH') ?? '').split(':').map((d) => `${d}/${name}`).find((p) => sys.access(p, { execute: true })) ?? name
      return yield* sys.exec(path, argv, environment)
    })

  return { kernel, init, run, main, file, bash: (script, how) => run(['bash', '-c', script], how) }
}
