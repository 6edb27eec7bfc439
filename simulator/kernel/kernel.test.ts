/** The kernel's own promises: processes, pipes, signals, namespaces, files. Programs are coroutines written here. */
import { describe, expect, it } from 'vitest'
import { bootTestNode } from '../testing/node'
import { decode, encode } from './bytes'
import { Errno } from './errno'
import { SIG } from './signals'

const text = encode

describe('processes', () => {
  it('forks, waits and reports the exit status', () => {
    const { main } = bootTestNode()
    const result = main(function* (sys) {
      const pid = sys.fork(function* () {
        return 7
      })
      const ended = yield* sys.wait(pid)
      yield* sys.write(1, text(`${ended?.pid === pid} ${ended?.status.kind === 'exited' && ended.status.code}`))
      return 0
    })
    expect(result).toEqual({ stdout: 'true 7', stderr: '', code: 0 })
  })

  it('lets a signal handler end its process', () => {
    const { main } = bootTestNode()
    const result = main(function* (sys) {
      const pid = sys.fork(function* (child) {
        child.signal(SIG.SIGUSR1, () => child.exit(9))
        yield* child.pause()
        return 0
      })
      yield* sys.sleep(1e6)
      sys.kill(pid, SIG.SIGUSR1)
      const ended = yield* sys.wait(pid)
      return ended?.status.kind === 'exited' ? ended.status.code : 1
    })
    expect(result.code).toBe(9)
  })

  it('gives orphans to PID 1, which reaps them', () => {
    const node = bootTestNode()
    node.main(function* (sys) {
      sys.fork(function* (child) {
        child.fork(function* (grandchild) {
          yield* grandchild.sleep(1e9)
          return 0
        })
        return 0
      })
      yield* sys.wait(-1)
      return 0
    })
    expect(node.kernel.tasks().map((t) => t.globalPid)).toEqual([1])
  })

  it('ends a process by the default action of a signal', () => {
    const { main } = bootTestNode()
    const result = main(function* (sys) {
      const pid = sys.fork(function* (child) {
        yield* child.sleep(1e12)
        return 0
      })
      sys.kill(pid, SIG.SIGTERM)
      const ended = yield* sys.wait(pid)
      return ended?.status.kind === 'signaled' ? ended.status.signo : 0
    })
    expect(result.code).toBe(15)
  })

  it('keeps PID 1 of a namespace from signals it does not handle, and kills its namespace with it', () => {
    const node = bootTestNode()
    const result = node.main(function* (sys) {
      const pid = sys.fork(
        function* (init) {
          init.fork(function* (inner) {
            inner.kill(1, SIG.SIGKILL)
            yield* inner.sleep(1e12)
            return 0
          })
          yield* init.write(1, text(`${init.pid} `))
          yield* init.sleep(1e12)
          return 0
        },
        { unshare: ['pid'] },
      )
      yield* sys.sleep(1e9)
      sys.kill(pid, SIG.SIGTERM)
      yield* sys.sleep(1e9)
      const before = node.kernel.tasks().length
      sys.kill(pid, SIG.SIGKILL)
      yield* sys.wait(pid)
      yield* sys.write(1, text(`${before - node.kernel.tasks().length}`))
      return 0
    })
    expect(result.stdout).toBe('1 2')
  })

  it('leaves a task that joined a dying pid namespace to its parent outside', () => {
    const { main } = bootTestNode()
    const result = main(function* (sys) {
      const sleeper = function* (child: typeof sys) {
        yield* child.sleep(1e12)
        return 0
      }
      const init = sys.fork(sleeper, { unshare: ['pid'] })
      const fd = yield* sys.open(`/proc/${init}/ns/pid`, { read: true })
      sys.setns(fd, 'pid')
      const joined = sys.fork(sleeper)
      sys.kill(init, SIG.SIGKILL)
      const ended = yield* sys.wait(joined)
      return ended?.status.kind === 'signaled' ? ended.status.signo : 0
    })
    expect(result.code).toBe(9)
  })

  it('shares the pid counter of its namespace and skips used numbers', () => {
    const { main, kernel } = bootTestNode()
    main(function* (sys) {
      kernel.pidNamespace.lastPid = 40_000
      const pid = sys.fork(function* () {
        return 0
      })
      yield* sys.wait(pid)
      expect(pid).toBe(40_001)
      const set = sys.fork(
        function* () {
          return 0
        },
        { setTid: 12_012 },
      )
      expect(set).toBe(12_012)
      yield* sys.wait(set)
      return 0
    })
  })
})

describe('pipes', () => {
  it('carries more than it holds and ends when the writer goes', () => {
    const { main } = bootTestNode()
    const result = main(function* (sys) {
      const { read, write } = sys.pipe()
      sys.fork(function* (child) {
        child.close(read)
        yield* child.write(write, new Uint8Array(200_000).fill(120))
        return 0
      })
      sys.close(write)
      let size = 0
      for (;;) {
        const part = yield* sys.read(read, 65536)
        if (part.length === 0) break
        size += part.length
      }
      yield* sys.write(1, text(String(size)))
      return 0
    })
    expect(result.stdout).toBe('200000')
  })

  it('kills a writer without readers with SIGPIPE', () => {
    const { main } = bootTestNode()
    const result = main(function* (sys) {
      const pid = sys.fork(function* (child) {
        const { read, write } = child.pipe()
        child.close(read)
        yield* child.write(write, text('x'))
        return 0
      })
      const ended = yield* sys.wait(pid)
      return ended?.status.kind === 'signaled' ? ended.status.signo : 0
    })
    expect(result.code).toBe(13)
  })
})

describe('namespaces', () => {
  it('keeps a hostname to its UTS namespace', () => {
    const { main } = bootTestNode()
    const result = main(function* (sys) {
      const pid = sys.fork(
        function* (child) {
          child.setHostname('inside')
          yield* child.write(1, text(child.uname().nodename))
          return 0
        },
        { unshare: ['uts'] },
      )
      yield* sys.wait(pid)
      yield* sys.write(1, text(` ${sys.uname().nodename}`))
      return 0
    })
    expect(result.stdout).toBe('inside testnode')
  })

  it('joins a namespace through /proc/PID/ns and a bind mount of it', () => {
    const { main } = bootTestNode()
    const result = main(function* (sys) {
      const pid = sys.fork(
        function* (child) {
          child.setHostname('held')
          yield* child.sleep(5e9)
          return 0
        },
        { unshare: ['uts'] },
      )
      yield* sys.sleep(1e9)
      yield* sys.writeFile('/run/uts', new Uint8Array(0))
      sys.mount(`/proc/${pid}/ns/uts`, '/run/uts', 'bind', '')
      sys.kill(pid, SIG.SIGKILL)
      yield* sys.wait(pid)
      const fd = yield* sys.open('/run/uts', { read: true })
      sys.setns(fd, 'uts')
      yield* sys.write(1, text(sys.uname().nodename))
      return 0
    })
    expect(result.stdout).toBe('held')
  })
})

describe('files', () => {
  it('names errors as Linux does', () => {
    const { main } = bootTestNode()
    main(function* (sys) {
      const failing = (work: () => void): string => {
        try {
          work()
          return 'OK'
        } catch (error) {
          return error instanceof Errno ? error.code : 'other'
        }
      }
      sys.mkdir('/tmp/d')
      expect(failing(() => sys.mkdir('/tmp/d'))).toBe('EEXIST')
      expect(failing(() => sys.rmdir('/tmp'))).toBe('ENOTEMPTY')
      expect(failing(() => sys.stat('/nope'))).toBe('ENOENT')
      expect(failing(() => sys.stat('/etc/passwd/x'))).toBe('ENOTDIR')
      sys.symlink('/tmp/loop', '/tmp/loop')
      expect(failing(() => sys.stat('/tmp/loop'))).toBe('ELOOP')
      yield* sys.writeFile('/tmp/d/f', text('hello'))
      sys.rename('/tmp/d/f', '/tmp/d/g')
      expect(decode(yield* sys.readFile('/tmp/d/g'))).toBe('hello')
      return 0
    })
  })

  it('copies up in an overlay and hides removed names', () => {
    const { main } = bootTestNode()
    main(function* (sys) {
      for (const dir of ['lower', 'upper', 'work', 'merged']) sys.mkdir(`/tmp/${dir}`)
      yield* sys.writeFile('/tmp/lower/a', text('a'))
      yield* sys.writeFile('/tmp/lower/b', text('b'))
      sys.mount('overlay', '/tmp/merged', 'overlay', 'lowerdir=/tmp/lower,upperdir=/tmp/upper,workdir=/tmp/work')
      yield* sys.writeFile('/tmp/merged/a', text('changed'))
      sys.unlink('/tmp/merged/b')
      expect(decode(yield* sys.readFile('/tmp/lower/a'))).toBe('a')
      expect(decode(yield* sys.readFile('/tmp/upper/a'))).toBe('changed')
      expect(sys.readdir('/tmp/merged').map((e) => e.name)).toEqual(['a'])
      expect(sys.stat('/tmp/upper/b').kind).toBe('chr')
      return 0
    })
  })
})
