/** Runtimes and their options, as ctr 1.6.20 and its shims have them: words and files compared with the real ones. */
import { expect, test } from 'vitest'
import { machineOf, sessionOn } from '../../../testing/scenario'

const node = () => sessionOn(machineOf('notes'), 'node01')

const IMAGE = 'registry.k8s.io/pause:3.5'
const BUNDLE = '/run/containerd/io.containerd.runtime.v2.task/k8s.io/box'
const WITHOUT_LOG = `unable to retrieve OCI runtime error (open ${BUNDLE}/log.json: no such file or directory)`

test.each([
  ['--runc-binary /nope', `OCI runtime create failed: ${WITHOUT_LOG}: fork/exec /nope: no such file or directory`],
  ['--runc-binary crun', `OCI runtime create failed: ${WITHOUT_LOG}: exec: "crun": executable file not found in $PATH`],
  ['--runc-binary /etc/passwd', `OCI runtime create failed: ${WITHOUT_LOG}: fork/exec /etc/passwd: permission denied`],
  ['--runc-binary /bin/false', `OCI runtime create failed: ${WITHOUT_LOG}: /bin/false did not terminate successfully: exit status 1`],
  ['--runc-binary /bin/true', `failed to retrieve OCI runtime container pid: open ${BUNDLE}/init.pid: no such file or directory`],
  ['--runc-systemd-cgroup --cgroup /a', 'OCI runtime create failed: runc create failed: expected cgroupsPath to be of format "slice:prefix:name" for systemd cgroups, got "/a" instead'],
])('ctr run %s', async (flags, why) => {
  const { stderr, code } = await node().run({ cmd: `ctr -n k8s.io run ${flags} ${IMAGE} box` })
  expect(stderr).toBe(`ctr: failed to create shim task: ${why}: unknown\n`)
  expect(code).toBe(1)
})

test.each([
  ['/bin/false', 'start failed: : exit status 1'],
  ['/etc/passwd', 'start failed: : fork/exec /etc/passwd: permission denied'],
  ['/bin/true', 'start failed: dial unix \0: connect: connection refused'],
])('a runtime that is no shim: %s', async (runtime, why) => {
  const { stderr } = await node().run({ cmd: `ctr -n k8s.io run --runtime ${runtime} ${IMAGE} box` })
  expect(stderr).toBe(`ctr: failed to start shim: ${why}: unknown\n`)
})

test('the options of a container are kept in its record and beside it, and the shim runs what they name', async () => {
  const session = node()
  await session.run({ cmd: 'printf \'#!/bin/sh\\necho "$@" >> /tmp/log\\nexec /usr/sbin/runc "$@"\\n\' > /tmp/wrap; chmod +x /tmp/wrap' })
  expect((await session.run({ cmd: `ctr -n k8s.io run -d --runc-binary /tmp/wrap --runc-root /run/own ${IMAGE} box` })).stderr).toBe('')
  expect((await session.run({ cmd: `cat ${BUNDLE}/options.json ${BUNDLE}/runtime; ls /run/own/k8s.io` })).stdout).toBe('{"binary_name":"/tmp/wrap","root":"/run/own"}/tmp/wrapbox\n')
  expect((await session.run({ cmd: 'ctr -n k8s.io c info box | grep -A 6 Runtime' })).stdout).toContain('"value": "MgkvdG1wL3dyYXA6CC9ydW4vb3du"')
  expect((await session.run({ cmd: 'cat /tmp/log' })).stdout).toBe(
    `--root /run/own/k8s.io --log ${BUNDLE}/log.json --log-format json create --bundle ${BUNDLE} --pid-file ${BUNDLE}/init.pid box\n--root /run/own/k8s.io --log ${BUNDLE}/log.json --log-format json start box\n`,
  )
  expect((await session.run({ cmd: 'ctr -n k8s.io t kill -s 9 box; sleep 0.2; ctr -n k8s.io t rm box; ls -A /run/own/k8s.io' })).stdout).toBe('')
})

test('the shim of the first API keeps a container too', async () => {
  const session = node()
  await session.run({ cmd: `ctr -n k8s.io run -d --no-pivot --runtime io.containerd.runc.v1 ${IMAGE} box` })
  expect((await session.run({ cmd: `ctr -n k8s.io t ls | grep -c 'box.*RUNNING'; cat ${BUNDLE}/options.json ${BUNDLE}/shim-binary-path` })).stdout).toBe('1\n{"no_pivot_root":true}/usr/bin/containerd-shim-runc-v1')
})

test('a container in a user namespace: files and processes belong to its users', async () => {
  const session = node()
  const map = '--uidmap 0:1000:65536 --gidmap 0:2000:65536'
  expect((await session.run({ cmd: `ctr -n k8s.io run -d ${map} ${IMAGE} box` })).stderr).toBe('')
  const { stdout } = await session.run({ cmd: 'P=$(ctr -n k8s.io t ls | awk \'/^box/{print $2}\'); stat -L -c %u:%g /proc/$P/root; cat /proc/$P/uid_map /proc/$P/gid_map; grep ^Uid /proc/$P/status; grep "^tmpfs /dev " /proc/$P/mounts' })
  expect(stdout).toBe('1000:2000\n         0       1000      65536\n         0       2000      65536\nUid:\t66535\t66535\t66535\t66535\ntmpfs /dev tmpfs rw,nosuid,size=65536k,mode=755,uid=1000,gid=2000 0 0\n')
  expect((await session.run({ cmd: `stat -c "%u %g %a" ${BUNDLE}; ctr -n k8s.io snapshot info box | grep Parent` })).stdout).toMatch(/^0 2000 710\n {4}"Parent": "sha256:[0-9a-f]{64}-1000-2000",\n$/)
})

test.each([
  ['--uidmap 5:1000:10 --gidmap 5:1000:10', 'failed to create shim task: OCI runtime create failed: runc create failed: User namespaces enabled, but no user mapping found.: unknown'],
  ['--uidmap 0:1000 --gidmap 0:1000:1', 'user namespace mappings require the format `container-id:host-id:size`'],
  ['--net-host --uidmap 0:1000:10 --gidmap 0:1000:10', 'failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "sysfs" to rootfs at "/sys": mount sysfs:/sys (via /proc/self/fd/8), flags: 0xf: operation not permitted: unknown'],
])('user namespaces that do not work: %s', async (flags, why) => {
  expect((await node().run({ cmd: `ctr -n k8s.io run ${flags} ${IMAGE} box` })).stderr).toBe(`ctr: ${why}\n`)
})
