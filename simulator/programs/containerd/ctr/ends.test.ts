/** How tasks end, and what stands in the way of one. As containerd 1.6.20 and runc 1.1.5 of Debian 12 did it with the same commands. */
import { beforeAll, expect, test } from 'vitest'
import { machineOf, sessionOn } from '../../../testing/scenario'

const node = sessionOn(machineOf('notes'), 'node01')
const run = (cmd: string) => node.run({ cmd })

beforeAll(async () => {
  await run('I=docker.io/library/busybox:1.36; ctr i pull $I >/dev/null')
})

test('a shim that is killed takes its task with it, and containerd tells of it', async () => {
  await run("(timeout 5 ctr events > /tmp/ev &); ctr run -d $I k sleep 1234; kill -9 $(pgrep -f 'shim.*-id k '); sleep 1")
  expect((await run("pgrep -f 'sleep 1234'; ctr t ls -q; ctr c ls -q; ls /run/containerd/runc/default /run/containerd/io.containerd.runtime.v2.task/default")).stdout).toBe(
    'k\n/run/containerd/io.containerd.runtime.v2.task/default:\n\n/run/containerd/runc/default:\n',
  )
  expect((await run('awk \'{print $6}\' /tmp/ev | tail -2; grep -c exit_status..137 /tmp/ev')).stdout).toBe('/tasks/exit\n/tasks/delete\n2\n')
  expect(await run('ctr t start -d k; ctr t rm -f k; ctr c rm k')).toMatchObject({ stdout: '', code: 0 })
})

test('a paused task ends by force', async () => {
  const { stdout, stderr } = await run('ctr run -d $I p sleep 1234; ctr t pause p; ctr t rm -f p; ctr t ls -q; ctr c rm p')
  expect(stdout).toBe('')
  expect(stderr).toContain('task p exit with non-zero exit code 137')
})

test('a group that is full takes a process, which cannot fork', async () => {
  await run('ctr run -d --cgroup /full $I f sleep 1234; echo 2 > /sys/fs/cgroup/pids/full/pids.max')
  expect(await run("ctr t exec --exec-id a f echo here")).toMatchObject({ stdout: 'here\n', code: 0 })
  expect((await run("ctr t exec --exec-id b f sh -c 'ls / | wc -l'")).stderr).toContain('fork')
  await run('ctr t rm -f f; ctr c rm f')
})

test('below a group that is full no container begins, and nothing is left of it', async () => {
  const { stderr, stdout } = await run('mkdir /sys/fs/cgroup/pids/none; echo 0 > /sys/fs/cgroup/pids/none/pids.max; ctr run --rm --cgroup /none/x $I g true; ctr c ls -q; ctr t ls -q; ls -d /sys/fs/cgroup/pids/none/x')
  expect(stderr).toContain("ctr: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: can't get final child's PID from pipe: EOF: unknown\n")
  expect(stdout).toBe('')
})

test('an end of input that comes before the process is never told', async () => {
  await run('ctr run -d $I i sleep 1234')
  expect((await run('timeout -s KILL 2 ctr t exec --exec-id a i cat </dev/null; echo $?')).stdout).toBe('137\n')
  expect((await run('echo told | ctr t exec --exec-id b i cat')).stdout).toBe('told\n')
  await run('ctr t rm -f i; ctr c rm i')
})

test('input stays open when the client leaves', async () => {
  expect((await run('ctr run -d $I j cat; sleep 1; ctr t ls | awk \'{print $1,$3}\'; ctr t rm -f j; ctr c rm j')).stdout).toBe('TASK STATUS\nj RUNNING\n')
})
