/** /proc/PID/status (fs/proc/array.c, proc_pid_status): its lines in the kernel's order. */
import type { Task } from '../../../task'
import { file, type Look } from '../entry'
import { machineOf } from '../machine'
import { caughtMask, hex16, ignoredMask, maskOf, numbersFrom, STATE_NAMES } from '../task'

const kB = (value: number): string => `${String(value).padStart(8)} kB`

/** The size of the descriptor table (fs/file.c: 64 at first, then a power of two times 128). */
function tableSize(task: Task): number {
  let highest = Number(task.recorded.get('FDSize') ?? 64) - 1
  for (const fd of task.fds.keys()) highest = Math.max(highest, fd)
  return highest < 64 ? 64 : 128 * 2 ** Math.ceil(Math.log2(Math.floor(highest / 128) + 1))
}

const memoryLines = ({ memory: m }: Task): string =>
  `VmPeak:\t${kB(m.vmPeak)}\nVmSize:\t${kB(m.vmSize)}\nVmLck:\t${kB(m.vmLck)}\nVmPin:\t${kB(m.vmPin)}\nVmHWM:\t${kB(m.vmHWM)}\n` +
  `VmRSS:\t${kB(m.vmRSS)}\nRssAnon:\t${kB(m.rssAnon)}\nRssFile:\t${kB(m.rssFile)}\nRssShmem:\t${kB(m.rssShmem)}\nVmData:\t${kB(m.vmData)}\n` +
  `VmStk:\t${kB(m.vmStk)}\nVmExe:\t${kB(m.vmExe)}\nVmLib:\t${kB(m.vmLib)}\nVmPTE:\t${kB(m.vmPTE)}\nVmSwap:\t${kB(m.vmSwap)}\n` +
  `HugetlbPages:\t${kB(0)}\nCoreDumping:\t0\nTHP_enabled:\t1\nuntag_mask:\t0xffffffffffffffff\n`

const mems = `${'00000000,'.repeat(31)}00000001`

function render(task: Task, look: Look): string {
  const c = task.credentials
  const { cpus } = machineOf(look.kernel)
  const own = numbersFrom(task, look.pids)
  const leader = (of: Task): string => (of.pids.length === 0 ? '0' : numbersFrom(of, look.pids).join('\t') || '0')
  const tid = look.thread ? String(look.thread.tid) : own.join('\t')
  return (
    `Name:\t${look.thread?.comm ?? task.comm}\nUmask:\t${task.umask.toString(8).padStart(4, '0')}\nState:\t${STATE_NAMES[task.state]}\n` +
    `Tgid:\t${own[0] ?? 0}\nNgid:\t0\nPid:\t${look.thread?.tid ?? own[0] ?? 0}\nPPid:\t${task.parent?.pidIn(look.pids) ?? 0}\nTracerPid:\t0\n` +
    `Uid:\t${c.uid}\t${c.euid}\t${c.suid}\t${c.fsuid}\nGid:\t${c.gid}\t${c.egid}\t${c.sgid}\t${c.fsgid}\nFDSize:\t${tableSize(task)}\n` +
    `Groups:\t${c.groups.length === 0 ? ' ' : c.groups.map((g) => `${g} `).join('')}\nNStgid:\t${own.join('\t')}\nNSpid:\t${tid}\n` +
    `NSpgid:\t${leader(task.group.leader)}\nNSsid:\t${leader(task.session.leader)}\nKthread:\t0\n` +
    (task.isZombie ? '' : memoryLines(task)) +
    `Threads:\t${task.threads.length + 1}\nSigQ:\t${task.recorded.get('SigQ') ?? task.pending.size}/${task.rlimits.sigpending.soft}\n` +
    `SigPnd:\t${hex16(0n)}\nShdPnd:\t${hex16(maskOf(task.pending))}\nSigBlk:\t${hex16(maskOf(task.blocked))}\n` +
    `SigIgn:\t${hex16(ignoredMask(task))}\nSigCgt:\t${hex16(caughtMask(task))}\nCapInh:\t${hex16(c.capInheritable)}\n` +
    `CapPrm:\t${hex16(c.capPermitted)}\nCapEff:\t${hex16(c.capEffective)}\nCapBnd:\t${hex16(c.capBounding)}\nCapAmb:\t${hex16(c.capAmbient)}\n` +
    `NoNewPrivs:\t${c.noNewPrivs ? 1 : 0}\nSeccomp:\t${c.seccomp}\nSeccomp_filters:\t${c.seccomp === 2 ? 1 : 0}\n` +
    'Speculation_Store_Bypass:\tvulnerable\nSpeculationIndirectBranch:\talways enabled\n' +
    `Cpus_allowed:\t${(2 ** cpus - 1).toString(16)}\nCpus_allowed_list:\t${cpus > 1 ? `0-${cpus - 1}` : '0'}\nMems_allowed:\t${mems}\nMems_allowed_list:\t0\n` +
    `voluntary_ctxt_switches:\t${task.switches.voluntary}\nnonvoluntary_ctxt_switches:\t${task.switches.involuntary}\n`
  )
}

export default file(render)
