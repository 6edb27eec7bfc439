/** /proc/PID/status (fs/proc/array.c, proc_pid_status): its lines in the kernel's order. */
import type { Credentials } from '../../../credentials'
import type { UserNamespace } from '../../../namespaces/simple'
import type { MemoryFigures } from '../../../program'
import type { Task } from '../../../task'
import { file, type Look } from '../entry'
import { type MachineFacts, machineOf } from '../machine'
import { caughtMask, hex16, ignoredMask, maskOf, numbersFrom, STATE_NAMES } from '../task'

const kB = (value: number): string => `${String(value).padStart(8)} kB`

/** The size of the descriptor table (fs/file.c: 64 at first, then a power of two times 128). */
function tableSize(task: Task): number {
  if (task.isZombie) return 0
  let highest = Number(task.recorded.get('FDSize') ?? 64) - 1
  for (const fd of task.fds.keys()) highest = Math.max(highest, fd)
  return highest < 64 ? 64 : 128 * 2 ** Math.ceil(Math.log2(Math.floor(highest / 128) + 1))
}

/** The lines that follow from a part of the state which is replaced, never changed: made once for each such part. */
function memo<K extends object>(render: (of: K) => string): (of: K) => string {
  const known = new WeakMap<K, string>()
  return (of) => {
    let text = known.get(of)
    if (text === undefined) {
      text = render(of)
      known.set(of, text)
    }
    return text
  }
}

const memoryLines = memo((m: MemoryFigures): string =>
  `VmPeak:\t${kB(m.vmPeak)}\nVmSize:\t${kB(m.vmSize)}\nVmLck:\t${kB(m.vmLck)}\nVmPin:\t${kB(m.vmPin)}\nVmHWM:\t${kB(m.vmHWM)}\n` +
  `VmRSS:\t${kB(m.vmRSS)}\nRssAnon:\t${kB(m.rssAnon)}\nRssFile:\t${kB(m.rssFile)}\nRssShmem:\t${kB(m.rssShmem)}\nVmData:\t${kB(m.vmData)}\n` +
  `VmStk:\t${kB(m.vmStk)}\nVmExe:\t${kB(m.vmExe)}\nVmLib:\t${kB(m.vmLib)}\nVmPTE:\t${kB(m.vmPTE)}\nVmSwap:\t${kB(m.vmSwap)}\n` +
  `HugetlbPages:\t${kB(0)}\nCoreDumping:\t0\nTHP_enabled:\t1\nuntag_mask:\t0xffffffffffffffff\n`)

/** Ids as the reader's user namespace has them. */
const shownIn = (user: UserNamespace, c: Credentials): Credentials => {
  const uid = (id: number): number => user.shown('uidMap', id)
  const gid = (id: number): number => user.shown('gidMap', id)
  return { ...c, uid: uid(c.uid), euid: uid(c.euid), suid: uid(c.suid), fsuid: uid(c.fsuid), gid: gid(c.gid), egid: gid(c.egid), sgid: gid(c.sgid), fsgid: gid(c.fsgid), groups: c.groups.map(gid) }
}

const idLines = memo((c: Credentials): string => `Uid:\t${c.uid}\t${c.euid}\t${c.suid}\t${c.fsuid}\nGid:\t${c.gid}\t${c.egid}\t${c.sgid}\t${c.fsgid}\n`)
const groupLine = memo((c: Credentials): string => `Groups:\t${c.groups.length === 0 ? ' ' : c.groups.map((g) => `${g} `).join('')}\n`)
const capabilityLines = memo((c: Credentials): string =>
  `CapInh:\t${hex16(c.capInheritable)}\nCapPrm:\t${hex16(c.capPermitted)}\nCapEff:\t${hex16(c.capEffective)}\nCapBnd:\t${hex16(c.capBounding)}\n` +
  `CapAmb:\t${hex16(c.capAmbient)}\nNoNewPrivs:\t${c.noNewPrivs ? 1 : 0}\nSeccomp:\t${c.seccomp}\nSeccomp_filters:\t${c.seccomp === 2 ? 1 : 0}\n` +
  'Speculation_Store_Bypass:\tvulnerable\nSpeculationIndirectBranch:\talways enabled\n')

const mems = `${'00000000,'.repeat(31)}00000001`

/** Where it may run: everywhere. */
const placeLines = memo(({ cpus }: MachineFacts): string =>
  `Cpus_allowed:\t${(2 ** cpus - 1).toString(16)}\nCpus_allowed_list:\t${cpus > 1 ? `0-${cpus - 1}` : '0'}\nMems_allowed:\t${mems}\nMems_allowed_list:\t0\n`)

function render(task: Task, look: Look): string {
  const c = task.credentials
  const { pids, thread } = look
  const own = numbersFrom(task, pids)
  const pid = task.pidIn(pids)
  return (
    `Name:\t${thread?.comm ?? task.comm}\n${task.isZombie ? '' : `Umask:\t${task.umask.toString(8).padStart(4, '0')}\n`}State:\t${STATE_NAMES[task.state]}\n` +
    `Tgid:\t${pid}\nNgid:\t0\nPid:\t${thread?.tidIn(pids) ?? pid}\nPPid:\t${task.parent?.pidIn(pids) ?? 0}\nTracerPid:\t0\n` +
    `${look.viewer.ns.user.isFirst ? idLines(c) : idLines(shownIn(look.viewer.ns.user, c))}FDSize:\t${tableSize(task)}\n${groupLine(c)}NStgid:\t${own}\nNSpid:\t${thread ? numbersFrom(thread, pids) : own}\n` +
    `NSpgid:\t${numbersFrom(task.group.leader, pids) || '0'}\nNSsid:\t${numbersFrom(task.session.leader, pids) || '0'}\nKthread:\t0\n` +
    (task.isZombie ? '' : memoryLines(task.memory)) +
    `Threads:\t${task.threads.length + 1}\nSigQ:\t${task.recorded.get('SigQ') ?? task.pending.size}/${task.rlimits.sigpending.soft}\n` +
    `SigPnd:\t0000000000000000\nShdPnd:\t${maskOf(task.pending)}\nSigBlk:\t${maskOf(task.blocked)}\n` +
    `SigIgn:\t${ignoredMask(task)}\nSigCgt:\t${caughtMask(task)}\n${capabilityLines(c)}${placeLines(machineOf(look.kernel))}` +
    `voluntary_ctxt_switches:\t${task.switches.voluntary}\nnonvoluntary_ctxt_switches:\t${task.switches.involuntary}\n`
  )
}

export default file(render)
