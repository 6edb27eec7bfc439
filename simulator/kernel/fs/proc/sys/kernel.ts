/** /proc/sys/kernel (admin-guide/sysctl/kernel.rst). */
import { Errno } from '../../../errno'
import { folder, line, systemFile } from '../entry'
import { machineOf } from '../machine'
import { fixed, numeric, setting } from '../sysctl'

/** A random UUID, another at each reading. */
function uuid(bytes: Uint8Array): string {
  const hex = [...bytes].map((b, i) => (i === 6 ? (b & 0x0f) | 0x40 : i === 8 ? (b & 0x3f) | 0x80 : b).toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

export default folder({
  hostname: systemFile(({ viewer }) => line(viewer.ns.uts.hostname), {
    mode: 0o644,
    write: (text, { viewer }) => {
      viewer.ns.uts.hostname = text.trimEnd()
    },
  }),
  domainname: systemFile(({ viewer }) => line(viewer.ns.uts.domainname), {
    mode: 0o644,
    write: (text, { viewer }) => {
      viewer.ns.uts.domainname = text.trimEnd()
    },
  }),
  ostype: fixed('Linux'),
  osrelease: systemFile(({ kernel }) => line(kernel.release)),
  version: systemFile(({ kernel }) => line(kernel.version)),
  ngroups_max: fixed(65536),
  cap_last_cap: fixed(40),
  overflowuid: setting(65534),
  overflowgid: setting(65534),
  panic: setting(0),
  'threads-max': numeric(({ kernel }) => kernel.threadsMax, (value, { kernel }) => {
    if (value < 20) throw new Errno('EINVAL')
    kernel.threadsMax = value
  }),
  core_pattern: setting('core'),
  printk: setting('4\t4\t1\t7'),
  sched_autogroup_enabled: setting(1),
  pid_max: numeric((look) => look.pids.pidMax, (value, look) => {
    look.pids.pidMax = value
  }),
  ns_last_pid: numeric((look) => look.viewer.ns.pid.lastPid, (value, look) => {
    look.viewer.ns.pid.lastPid = value
  }),
  shmmax: systemFile(({ viewer }) => line(viewer.ns.ipc.limits.shmmax), { mode: 0o644 }),
  shmall: systemFile(({ viewer }) => line(viewer.ns.ipc.limits.shmall), { mode: 0o644 }),
  shmmni: systemFile(({ viewer }) => line(viewer.ns.ipc.limits.shmmni), { mode: 0o644 }),
  msgmax: systemFile(({ viewer }) => line(viewer.ns.ipc.limits.msgmax), { mode: 0o644 }),
  msgmnb: systemFile(({ viewer }) => line(viewer.ns.ipc.limits.msgmnb), { mode: 0o644 }),
  msgmni: systemFile(({ viewer }) => line(viewer.ns.ipc.limits.msgmni), { mode: 0o644 }),
  sem: systemFile(({ viewer: { ns: { ipc: { limits } } } }) => `${limits.semmsl}\t${limits.semmns}\t${limits.semopm}\t${limits.semmni}\n`, { mode: 0o644 }),
  random: folder({
    boot_id: systemFile(({ kernel }) => line(machineOf(kernel).bootId)),
    uuid: systemFile(({ kernel }) => line(uuid(kernel.random.bytes(16)))),
    entropy_avail: fixed(256),
    poolsize: fixed(256),
  }),
})
