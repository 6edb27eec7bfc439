import { expect, test } from 'vitest'
import { bootTestNode } from '../../testing/node'
import { encode } from '../bytes'
import { isErrno } from '../errno'
import type { Run } from '../run'
import type { Sys } from '../sys'

const NOBODY = { uid: 65534, euid: 65534, suid: 65534, fsuid: 65534, gid: 65534, egid: 65534, sgid: 65534, fsgid: 65534, groups: [], capPermitted: 0n, capEffective: 0n }

function* tried(out: string[], work: () => unknown): Run {
  try {
    yield* []
    out.push(String(work() ?? 'done'))
  } catch (error) {
    if (!isErrno(error)) throw error
    out.push(error.code)
  }
}

/** What a program without privileges may do, told one word for each attempt. */
function unprivileged(main: (sys: Sys, out: string[]) => Run): string[] {
  const out: string[] = []
  const lab = bootTestNode()
  lab.main(function* (sys) {
    sys.setCredentials(NOBODY)
    yield* main(sys, out)
    return 0
  })
  return out
}

test('who makes a user namespace has all privileges in it, and none outside', () => {
  expect(
    unprivileged(function* (sys, out) {
      yield* tried(out, () => sys.unshare(['uts']))
      sys.unshare(['user'])
      yield* tried(out, () => sys.setHostname('outside'))
      yield* tried(out, () => sys.unshare(['uts']))
      yield* tried(out, () => sys.setHostname('inside'))
      yield* tried(out, () => sys.uname().nodename)
      yield* tried(out, () => sys.readdir('/root').length)
      yield* tried(out, () => sys.kill(1, 15))
    }),
  ).toEqual(['EPERM', 'EPERM', 'done', 'done', 'inside', '0', 'EPERM'])
})

test('ids without a place are nobody’s; a map may be written once, and without privileges only of one’s own id', () => {
  expect(
    unprivileged(function* (sys, out) {
      sys.unshare(['user'])
      const write = (file: string, text: string): Run => sys.writeFile(`/proc/self/${file}`, encode(text))
      const attempt = function* (file: string, text: string): Run {
        try {
          yield* write(file, text)
          out.push('written')
        } catch (error) {
          out.push(isErrno(error) ? error.code : String(error))
        }
      }
      out.push(String(sys.credentials.uid))
      yield* attempt('uid_map', '0 0 1')
      yield* attempt('uid_map', '0 65534 1')
      yield* attempt('uid_map', '0 65534 1')
      yield* attempt('gid_map', '0 65534 1')
      yield* attempt('setgroups', 'deny')
      yield* attempt('gid_map', '0 65534 1')
      out.push(`${sys.credentials.uid} ${sys.credentials.gid}`)
      out.push(String(sys.stat('/root').uid))
    }),
  ).toEqual(['65534', 'EPERM', 'written', 'EPERM', 'EPERM', 'written', 'written', '0 0', '65534'])
})

test('a time namespace is for children, and its offsets stand once one is in it', () => {
  const { stdout } = bootTestNode().bash('unshare -T --boottime 1000 bash -c "cut -d. -f1 /proc/uptime; (echo boottime 5 0 > /proc/self/timens_offsets) 2>&1 | grep -o Permission.*"; cut -d. -f1 /proc/uptime')
  const [inside, denied, outside] = stdout.trim().split('\n')
  expect(Number(inside) - Number(outside)).toBe(1000)
  expect(denied).toBe('Permission denied')
})

test('a file of /dev/mqueue is a queue of the ipc namespace', () => {
  const { stdout } = bootTestNode().bash(`mkdir /q /r; mount -t mqueue none /q; cd /q; touch a; stat -c '%s %b %F' a .; cat a; (echo x > a; mkdir d; ln a b; ln -s a b; mv a b) 2>&1 | grep -o 'Invalid argument\\|Operation not permitted'
    mount -t mqueue none /r; ls /r; unshare -i sh -c 'mount -t mqueue none /r; touch /r/z; ls /r'; ls /q; rm a; ls -A /q`)
  expect(stdout).toBe(`80 0 regular file\n60 0 directory\nQSIZE:0          NOTIFY:0     SIGNO:0     NOTIFY_PID:0     \nInvalid argument\n${'Operation not permitted\n'.repeat(4)}a\nz\na\n`)
})
