import { expect, test } from 'vitest'
import { bootTestNode } from '../../testing/node'

test('a namespace kept by a file outlives its maker and can be entered', () => {
  const lab = bootTestNode()
  expect(lab.bash('touch /tmp/uts && unshare --uts=/tmp/uts hostname kept && nsenter --uts=/tmp/uts hostname; hostname').stdout.split('\n')[0]).toBe('kept')
  expect(lab.bash('findmnt -n -o FSTYPE /tmp/uts').stdout).toBe('nsfs\n')
  expect(lab.bash('[ "$(stat -L -c %i /tmp/uts)" = "$(nsenter --uts=/tmp/uts readlink /proc/self/ns/uts | tr -dc 0-9)" ] && echo same').stdout).toBe('same\n')
  expect(lab.bash('umount /tmp/uts; nsenter --uts=/tmp/uts hostname')).toEqual({ stdout: '', stderr: "nsenter: reassociate to namespace 'ns/uts' failed: Invalid argument\n", code: 1 })
})

test('a new pid namespace counts from one', () => {
  const lab = bootTestNode()
  expect(lab.bash("unshare --fork --pid --mount-proc sh -c 'echo $$; ps -o pid,ppid,args'").stdout).toBe('1\n    PID    PPID COMMAND\n      1       0 sh -c echo $$; ps -o pid,ppid,args\n      2       1 ps -o pid,ppid,args\n')
})

test('a lock keeps others out while its holder runs', () => {
  const lab = bootTestNode()
  expect(lab.bash('flock /tmp/l sleep 2 & sleep 0.1; flock -n /tmp/l echo no; echo $?; flock -n -E 9 /tmp/l echo no; echo $?; flock -w 5 /tmp/l echo yes; echo $?').stdout).toBe('1\n9\nyes\n0\n')
  expect(lab.bash('exec 9>/tmp/m; flock -s 9; flock -s -n /tmp/m echo shared; flock -x -n /tmp/m echo no; echo $?; flock -u 9; flock -x -n /tmp/m echo alone').stdout).toBe('shared\n1\nalone\n')
})

test('what one makes in an ipc namespace is not seen in another', () => {
  const lab = bootTestNode()
  expect(lab.bash('ipcmk -Q').stdout).toBe('Message queue id: 0\n')
  expect(lab.bash('ipcs -q | grep -c 0x; unshare --ipc ipcs -q | grep -c 0x').stdout).toBe('1\n0\n')
  expect(lab.bash('ipcrm -q 0; ipcs -q | grep -c 0x').stdout).toBe('0\n')
})

test('mounts are made, shown, moved to read-only and taken away', () => {
  const lab = bootTestNode()
  expect(lab.bash('mkdir -p /mnt/a /mnt/b; mount -t tmpfs -o size=1m scratch /mnt/a; echo hi > /mnt/a/f; mount --bind /mnt/a /mnt/b; cat /mnt/b/f; findmnt -n -o TARGET,SOURCE,FSTYPE /mnt/b').stdout).toBe('hi\n/mnt/b scratch tmpfs\n')
  expect(lab.bash('mount -o remount,ro,bind /mnt/b; echo x > /mnt/b/f; echo y > /mnt/a/f && cat /mnt/b/f').stdout).toBe('y\n')
  expect(lab.bash('mountpoint /mnt/b; umount /mnt/b; mountpoint /mnt/b; umount /mnt/a; ls /mnt/a').stdout).toBe('/mnt/b is a mountpoint\n/mnt/b is not a mountpoint\n')
})
