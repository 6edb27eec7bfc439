/** /proc/sys/kernel (admin-guide/sysctl/kernel.rst). */
import { Errno } from '../../../errno'
import type { Kernel } from '../../../kernel'
import { line, type Look, systemFile } from '../entry'
import { PtyMaster } from '../../../tty/files'
import { machineOf } from '../machine'
import { accepted, fixed, numeric, sysctlFolder, written } from '../sysctl'

/** A random UUID, another at each reading. */
function uuid(bytes: Uint8Array): string {
  const hex = [...bytes].map((b, i) => (i === 6 ? (b & 0x0f) | 0x40 : i === 8 ? (b & 0x3f) | 0x80 : b).toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Pseudo-terminals of the machine. */
function terminals(kernel: Kernel): number {
  const seen = new Set<object>()
  for (const task of kernel.tasks()) for (const { file } of task.fds.values()) if (file instanceof PtyMaster) seen.add(file.tty)
  return seen.size
}

/** A limit of the reader's ipc namespace. */
const limit = (name: 'shmmax' | 'shmall' | 'shmmni' | 'msgmax' | 'msgmnb' | 'msgmni') =>
  systemFile(({ viewer }) => line(viewer.ns.ipc.limits[name]), {
    mode: 0o644,
    write: (text, { viewer: { ns: { ipc } } }: Look) => {
      const value = accepted({ initial: '0', range: [0n, name === 'shmmax' || name === 'shmall' ? 18_446_744_073_709_551_615n : 2_147_483_647n] }, '0', text)
      ipc.limits = { ...ipc.limits, [name]: name === 'shmmax' || name === 'shmall' ? value : Number(value) }
    },
  })

const SHM_RMID = 'kernel/shm_rmid_forced'

export default sysctlFolder(() => `
acct 4 2 30
arch:r x86_64
auto_msgmni 0
bootloader_type:r 176
bootloader_version:r 0
bpf_stats_enabled 0
cap_last_cap:r 40
core_file_note_size_limit 4194304
core_modes:r file|pipe|socket
core_pattern core
core_pipe_limit 0
core_sort_vma 0
core_uses_pid 0
ctrl-alt-del 1
dmesg_restrict 1 [0 1]
firmware_config/force_sysfs_fallback 0
firmware_config/ignore_sysfs_fallback 0
ftrace_dump_on_oops 0
ftrace_enabled 1
hardlockup_all_cpu_backtrace 0
hardlockup_panic 0
hung_task_all_cpu_backtrace 0
hung_task_check_count 4194304
hung_task_check_interval_secs 0
hung_task_detect_count:r 0
hung_task_panic 0
hung_task_timeout_secs 120
hung_task_warnings 10
io_delay_type 0
io_uring_disabled 0 [0 2]
io_uring_group -1
keys/gc_delay 300
keys/maxbytes 20000
keys/maxkeys 200
keys/persistent_keyring_expiry 259200
keys/root_maxbytes 25000000
keys/root_maxkeys 1000000
kptr_restrict 0 [0 2]
max_lock_depth 1024
max_rcu_stall_to_panic 0
msg_next_id:r -1
ngroups_max:r 65536
nmi_watchdog:r 0 [0 1]
numa_balancing 0
numa_balancing_promote_rate_limit_MBps 65536
oops_all_cpu_backtrace 0
oops_limit 10000
overflowgid 65534
overflowuid 65534
panic 1
panic_on_io_nmi 0
panic_on_oops 0
panic_on_rcu_stall 0
panic_on_unrecovered_nmi 0
panic_on_warn 0
panic_print 0
panic_sys_info
perf_cpu_time_max_percent 25 [0 100]
perf_event_max_contexts_per_stack 8
perf_event_max_sample_rate 100000
perf_event_max_stack 127
perf_event_mlock_kb 516
perf_event_paranoid 2
poweroff_cmd /sbin/poweroff
print-fatal-signals 0
printk 4 4 1 7
printk_delay 0
printk_devkmsg ratelimit
printk_ratelimit 5
printk_ratelimit_burst 10
pty/max 4096
pty/reserve 1024
random/entropy_avail:r 256
random/poolsize:r 256
random/urandom_min_reseed_secs 60
random/write_wakeup_threshold 256
randomize_va_space 2
real-root-dev 0
sched_autogroup_enabled 1 [0 1]
sched_cfs_bandwidth_slice_us 5000
sched_deadline_period_max_us 4194304
sched_deadline_period_min_us 100
sched_rr_timeslice_ms 100
sched_rt_period_us 1000000
sched_rt_runtime_us 950000
seccomp/actions_avail:r kill_process kill_thread trap errno user_notif trace log allow
seccomp/actions_logged kill_process kill_thread trap errno user_notif trace log
sem_next_id:r -1
shm_next_id:r -1
soft_watchdog 1 [0 1]
softlockup_all_cpu_backtrace 0
softlockup_panic 0
split_lock_mitigate 1
sysctl_writes_strict 1
task_delayacct 0
timer_migration 1
traceoff_on_warning 0
tracepoint_printk 0
unknown_nmi_panic 0
unprivileged_bpf_disabled 2 [0 2]
usermodehelper/bset:p 4294967295 511
usermodehelper/inheritable:p 4294967295 511
warn_limit 0
watchdog 1 [0 1]
watchdog_cpumask 0-1
watchdog_thresh 10 [0 60]
`, { own: {
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
  'threads-max': numeric(({ kernel }) => kernel.threadsMax, (value, { kernel }) => {
    if (value < 20) throw new Errno('EINVAL')
    kernel.threadsMax = value
  }),
  pid_max: numeric((look) => look.pids.pidMax, (value, look) => {
    look.pids.pidMax = value
  }),
  ns_last_pid: numeric((look) => look.viewer.ns.pid.lastPid, (value, look) => {
    look.viewer.ns.pid.lastPid = value
  }, 0o666),
  shmmax: limit('shmmax'),
  shmall: limit('shmall'),
  shmmni: limit('shmmni'),
  msgmax: limit('msgmax'),
  msgmnb: limit('msgmnb'),
  msgmni: limit('msgmni'),
  sem: systemFile(({ viewer: { ns: { ipc: { limits } } } }) => `${limits.semmsl}\t${limits.semmns}\t${limits.semopm}\t${limits.semmni}\n`, {
    mode: 0o644,
    write: (text, { viewer: { ns: { ipc } } }) => {
      const { semmsl, semmns, semopm, semmni } = ipc.limits
      const [a = semmsl, b = semmns, c = semopm, d = semmni] = accepted({ initial: '0 0 0 0', range: [0n, 2_147_483_647n] }, [semmsl, semmns, semopm, semmni].join(' '), text).split('\t').map(Number)
      ipc.limits = { ...ipc.limits, semmsl: a, semmns: b, semopm: c, semmni: d }
    },
  }),
  shm_rmid_forced: systemFile(({ viewer }) => line(written(viewer.ns.ipc).get(SHM_RMID) ?? '0'), {
    mode: 0o644,
    write: (text, { viewer: { ns: { ipc } } }) => void written(ipc).set(SHM_RMID, accepted({ initial: '0', range: [0n, 1n] }, written(ipc).get(SHM_RMID) ?? '0', text)),
  }),
  'random/boot_id': systemFile(({ kernel }) => line(machineOf(kernel).bootId)),
  'random/uuid': systemFile(({ kernel }) => line(uuid(kernel.random.bytes(16)))),
  cad_pid: numeric(() => 1, () => {}, 0o600),
  tainted: numeric(() => 0, () => {}),
  'pty/nr': systemFile(({ kernel }) => line(terminals(kernel))),
} })
