/** Files and answers that are a name and a value on each line: proc_pid_status(5), proc_meminfo(5), proc_pid_io(5), cgroups(7), kubectl describe, crictl -v. */
export interface Fields {
  readonly name: string
  /** Its first group is the name. */
  readonly form: RegExp
  readonly meanings: Readonly<Record<string, string>>
}

const IDS = 'Real, effective, saved and file system id.'
const CAPABILITIES = 'As a bit mask of capabilities(7); all ones are all of root’s rights.'
const SIGNALS = 'As a bit mask: bit 0 is signal 1.'

export const FIELDS: readonly Fields[] = [
  {
    name: '/proc/PID/status',
    form: /^(\w+):\t/,
    meanings: {
      Name: 'The program’s name, at most 15 letters: what comm shows.',
      Umask: 'Which rights new files do not get.',
      State: 'S sleeps, R runs, T is stopped, Z has ended and waits to be reaped.',
      Tgid: 'Its pid, in the namespace of the /proc that you read.',
      Ngid: 'The group it belongs to for balancing memory; 0 is none.',
      Pid: 'Its pid, in the namespace of the /proc that you read. Of a further thread, the thread’s own.',
      PPid: 'The parent’s pid: a container’s first process has its containerd-shim.',
      TracerPid: 'Who traces it, as strace and debuggers do; 0 is nobody.',
      Uid: IDS,
      Gid: IDS,
      FDSize: 'For how many descriptors it has room.',
      Groups: 'Further groups it belongs to.',
      NStgid: 'Its pid in each PID namespace that sees it, from the one you look from inwards: the last is its own view.',
      NSpid: 'Its pid in each PID namespace that sees it, from the one you look from inwards: the last is its own view. pause has 1 there.',
      NSpgid: 'Its process group in each of these namespaces.',
      NSsid: 'Its session in each of these namespaces.',
      Kthread: 'Whether it is a thread of the kernel’s.',
      VmPeak: 'The most virtual memory it had.',
      VmSize: 'Virtual memory: what it could address.',
      VmLck: 'Memory that is locked in RAM.',
      VmPin: 'Memory that cannot be moved.',
      VmHWM: 'The most of it that lay in RAM.',
      VmRSS: 'Resident memory: what of it lies in RAM.',
      RssAnon: 'Of that, what belongs to no file.',
      RssFile: 'Of that, what comes from files.',
      RssShmem: 'Of that, what is shared memory.',
      VmData: 'Its data.',
      VmStk: 'Its stack.',
      VmExe: 'Its own code.',
      VmLib: 'Code of libraries; pause is static and has none.',
      VmPTE: 'What the tables of its pages take.',
      VmSwap: 'What of it is swapped out.',
      HugetlbPages: 'Huge pages it has.',
      CoreDumping: 'Whether it is being written to a core file.',
      THP_enabled: 'Whether it may get huge pages by itself.',
      Threads: 'How many threads it has.',
      SigQ: 'How many signals wait for its user, of how many that may.',
      SigPnd: `Signals that wait for this thread. ${SIGNALS}`,
      ShdPnd: `Signals that wait for the whole process. ${SIGNALS}`,
      SigBlk: `Signals that it lets wait. ${SIGNALS}`,
      SigIgn: `Signals that it ignores. ${SIGNALS}`,
      SigCgt: `Signals that it handles itself. ${SIGNALS} pause catches SIGINT, SIGTERM and SIGCHLD.`,
      CapInh: `What may be kept over execve. ${CAPABILITIES}`,
      CapPrm: `What it may switch on. ${CAPABILITIES}`,
      CapEff: `What is in force now. ${CAPABILITIES}`,
      CapBnd: `The most it can ever get. ${CAPABILITIES}`,
      CapAmb: `What programs without file capabilities keep over execve. ${CAPABILITIES}`,
      NoNewPrivs: '1: setuid programs are without effect in it.',
      Seccomp: '0 none, 2 a filter of system calls.',
      Seccomp_filters: 'How many such filters.',
      Speculation_Store_Bypass: 'Whether it is shielded against a flaw of CPUs.',
      SpeculationIndirectBranch: 'Whether it is shielded against a flaw of CPUs.',
      Cpus_allowed: 'On which CPUs it may run, as a bit mask.',
      Cpus_allowed_list: 'On which CPUs it may run.',
      Mems_allowed: 'From which memory nodes it may take, as a bit mask.',
      Mems_allowed_list: 'From which memory nodes it may take.',
      voluntary_ctxt_switches: 'How often it gave the CPU away, because it waited. pause does little else.',
      nonvoluntary_ctxt_switches: 'How often the CPU was taken from it.',
    },
  },
  {
    name: '/proc/meminfo',
    form: /^([\w()]+): +\d+(?: kB)?$/,
    meanings: {
      MemTotal: 'All memory that the kernel can use. A container reads the node’s number here, not its limit.', MemFree: 'Memory that nobody uses.', MemAvailable: 'What a new program could have without swapping.', Buffers: 'What the kernel keeps of devices.', Cached: 'What it keeps of files, tmpfs included.', SwapCached: 'Swapped in again, and still in swap too.', Active: 'Used lately: given up last.', Inactive: 'Not used lately: given up first.',
      'Active(anon)': 'Of programs, used lately.', 'Inactive(anon)': 'Of programs, not used lately.', 'Active(file)': 'Of files, used lately.', 'Inactive(file)': 'Of files, not used lately.', Unevictable: 'What cannot be given up.', Mlocked: 'What was locked with mlock(2).', SwapTotal: 'All swap. The kubelet wants none.', SwapFree: 'Swap that nobody uses.', Dirty: 'Waits to be written to a disk.', Writeback: 'Is being written to a disk.', AnonPages: 'Memory of programs that belongs to no file.', Mapped: 'Files that programs have in their memory.', Shmem: 'tmpfs and shared memory.',
      KReclaimable: 'Of the kernel’s, what it can give up.', Slab: 'The kernel’s own small things.', SReclaimable: 'Of these, what it can give up.', SUnreclaim: 'Of these, what it cannot.', KernelStack: 'Stacks of the kernel, one for each thread.', PageTables: 'Tables of the pages of all processes.', CommitLimit: 'How much may be promised.', Committed_AS: 'How much was promised.', VmallocTotal: 'Addresses that the kernel has for large pieces.', VmallocUsed: 'What of them is taken.', Percpu: 'What each CPU has of its own.',
      HugePages_Total: 'Huge pages that were set aside.', HugePages_Free: 'Of these, free ones.', HugePages_Rsvd: 'Of these, promised ones.', HugePages_Surp: 'Beyond what was set aside.', Hugepagesize: 'How large a huge page is.', Hugetlb: 'What all huge pages take.', AnonHugePages: 'Huge pages that programs got by themselves.', DirectMap4k: 'Memory that the kernel maps in small pages.', DirectMap2M: 'In pages of 2 MiB.', DirectMap1G: 'In pages of 1 GiB.',
    },
  },
  { name: '/proc/PID/io', form: /^(\w+): \d+$/, meanings: { rchar: 'Bytes it read, from files, pipes, terminals.', wchar: 'Bytes it wrote.', syscr: 'How often it read.', syscw: 'How often it wrote.', read_bytes: 'Bytes that had to come from a disk.', write_bytes: 'Bytes that go to a disk.', cancelled_write_bytes: 'Bytes that do not, as the file was removed first.' } },
  {
    name: 'memory.stat, cpu.stat',
    form: /^(\w+) \d+$/,
    meanings: {
      cache: 'Memory for files, in bytes.', rss: 'Memory of the group’s programs, in bytes.', anon: 'Memory of the group’s programs, in bytes.', file: 'Memory for files, in bytes.', kernel_stack: 'Stacks of the kernel, one for each thread.', mapped_file: 'Files that they have in their memory.', file_mapped: 'Files that they have in their memory.', pgfault: 'Page faults.', pgmajfault: 'Page faults for which something had to be read.', inactive_file: 'Of files, not used lately: given up first. The kubelet leaves it out of the working set.', active_file: 'Of files, used lately.', hierarchical_memory_limit: 'What holds here: the smallest limit on the way up.', total_rss: 'The same with all groups below.', total_cache: 'The same with all groups below.',
      nr_periods: 'How many periods of the CPU limit have gone by.', nr_throttled: 'In how many of them the group had to wait.', throttled_time: 'How long it had to wait in all, in nanoseconds.', throttled_usec: 'How long it had to wait in all, in microseconds.', usage_usec: 'CPU time it has used, in microseconds.', user_usec: 'Of that, in programs.', system_usec: 'Of that, in the kernel.',
    },
  },
  { name: '/proc/PID/sched', form: /^([\w.]+) +: +-?[\d.]+$/, meanings: { 'se.exec_start': 'When it ran last, in milliseconds since boot.', 'se.vruntime': 'Its share of the CPU so far, weighed: who has the least runs next.', 'se.sum_exec_runtime': 'CPU time it has used, in milliseconds.', nr_switches: 'How often the CPU went to another.', nr_voluntary_switches: 'How often because it waited.', nr_involuntary_switches: 'How often because its time was up.', 'se.load.weight': 'Its weight, from the nice value.', policy: '0 shares its time, 1 and 2 are real time, 3 is batch, 5 runs when nothing else does.', prio: 'Its priority: 120 is nice 0.' } },
  {
    name: 'kubectl describe',
    form: /^ *([A-Z][\w ]*?):(?: {2,}\S| *$)/,
    meanings: {
      Name: 'The object’s name.', Namespace: 'The Kubernetes namespace. It has nothing to do with Linux namespaces.', Priority: 'Who has more may push others off a node.', Node: 'The node that it runs on, with its address.', 'Start Time': 'When the kubelet took it over.', Labels: 'By which services and controllers find it.', Annotations: 'Notes for programs.', Status: 'Where the pod is in its life.', IP: 'The address in the pod’s network namespace: the one that pause holds.', IPs: 'All its addresses.', 'Controlled By': 'Who makes a new one when it is gone.', Containers: 'The containers of its spec. pause is not one of them.', 'Container ID': 'The id that containerd gave it: ctr and crictl know it by this.', Image: 'The image as the spec names it.', 'Image ID': 'The image that was really taken, by its digest.', Port: 'A port that the spec mentions; it opens nothing.', State: 'Waiting, Running or Terminated.', Started: 'Since when.', Ready: 'Whether it counts for services.', 'Restart Count': 'How often it was started again, in the same sandbox.', Environment: 'Its environment, of the spec.', Mounts: 'What is mounted in it, of the spec.', Conditions: 'What has been reached.', Volumes: 'What can be mounted.', 'QoS Class': 'BestEffort, Burstable or Guaranteed: in which cgroup its own lies.', Tolerations: 'Which taints of nodes do not keep it away.', Events: 'What happened to it lately.', Roles: 'control-plane, or none: a worker.', Taints: 'What keeps pods away.', Capacity: 'What the node has.', Allocatable: 'What of it pods may have.', PodCIDR: 'The addresses of its pods.',
    },
  },
  { name: 'crictl -v', form: /^(\w+): /, meanings: { ID: 'Its id; of a pod that of its pause container.', PodID: 'The sandbox it belongs to: the id of its pause container.', Name: 'Its name in the pod’s spec, or the pod’s.', UID: 'The pod’s number in Kubernetes: the name of its cgroup has it.', Namespace: 'The Kubernetes namespace. It has nothing to do with Linux namespaces.', Status: 'Ready while pause runs; NotReady when it has ended.', State: 'Running, Exited, Created or Unknown.', Attempt: 'How often the kubelet has made it before: 0 is the first.', Created: 'When it was made.', Labels: 'What the kubelet noted, and finds it by.', Annotations: 'What the kubelet noted besides.', Runtime: 'The runtime handler; (default) is runc.', RepoTags: 'Its names with a tag.', RepoDigests: 'Its names with a digest.', Size: 'What its layers take, compressed, in bytes.', Username: 'As whom its programs run, if nobody says otherwise.', Version: 'Of the CRI’s version call.', RuntimeName: 'Who answers on the CRI’s socket.', RuntimeVersion: 'Its version.', RuntimeApiVersion: 'The version of the CRI that it speaks.' } },
]
