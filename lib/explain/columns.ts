/** What the columns of the listings mean: ps(1), lsns(8), ctr, crictl, kubectl, ip(8). By the title as it is printed. */
export interface Listing {
  readonly name: string
  /** Titles in order: a line that begins with these is the head. */
  readonly head: readonly string[]
  readonly columns: Readonly<Record<string, string>>
}

const PS = {
  UID: 'The user that the process runs as: a name, or the number where the node knows no name (65535 is what pause runs as).',
  USER: 'The user that the process runs as.',
  PID: 'The process’s number in the namespace you look from. In its own PID namespace it has another one: pause is 1 there.',
  PPID: 'The parent: who started it, or who took it over. A container’s first process has its containerd-shim as parent.',
  C: 'How much of a CPU it has used over its life, in per cent.',
  STIME: 'When it started: the time of day, or the date if that was another day.',
  START: 'When it started.',
  TTY: 'The terminal it belongs to; ? is none, as for daemons and containers.',
  TIME: 'CPU time it has used, hours:minutes:seconds. pause uses none: it sleeps.',
  CMD: 'The command line, argument by argument. In square brackets: there is no command line to read.',
  COMMAND: 'The command line, argument by argument.',
  STAT: 'Its state: S sleeps, R runs, T is stopped, Z has ended and waits to be reaped; s leads a session, l has threads, + is in the foreground.',
  '%CPU': 'CPU time used divided by the time it has lived, in per cent.',
  '%MEM': 'Resident memory as a share of the machine’s.',
  VSZ: 'Virtual memory in KiB: what it could address, not what it takes.',
  RSS: 'Resident memory in KiB: what of it lies in RAM.',
  NS: 'The namespace’s inode number: two processes with the same number share the namespace.',
} as const

export const LISTINGS: readonly Listing[] = [
  { name: 'ps -ef', head: ['UID', 'PID', 'PPID', 'C', 'STIME'], columns: PS },
  { name: 'ps aux', head: ['USER', 'PID', '%CPU', '%MEM'], columns: PS },
  { name: 'ps', head: ['PID', 'TTY', 'TIME', 'CMD'], columns: PS },
  {
    name: 'lsns',
    head: ['NS', 'TYPE', 'NPROCS', 'PID'],
    columns: {
      NS: 'The namespace’s inode number, the one that /proc/PID/ns shows. Equal numbers are one and the same namespace.',
      TYPE: 'Its kind: mnt, uts, ipc, net, pid, user, cgroup or time.',
      NPROCS: 'How many processes are in it. A pod’s network namespace counts pause and all its containers.',
      PID: 'The lowest pid in it: for a pod’s shared namespaces this is pause.',
      PPID: 'The parent of that process.',
      USER: 'The user of that process.',
      NETNSID: 'The small number by which this network namespace knows that one.',
      NSFS: 'Where it is bound as a file: this keeps it alive without any process. containerd binds a pod’s at /run/netns/cni-….',
      COMMAND: 'The command line of that process.',
    },
  },
  {
    name: 'ctr containers ls',
    head: ['CONTAINER', 'IMAGE', 'RUNTIME'],
    columns: {
      CONTAINER: 'The container’s id, 64 hexadecimal digits. A pod sandbox’s id is the id of its pause container.',
      IMAGE: 'The image it was made from. Every line with …/pause is the sandbox of one pod.',
      RUNTIME: 'The shim that runs it: io.containerd.runc.v2 starts one containerd-shim-runc-v2 for a pod.',
    },
  },
  {
    name: 'ctr tasks ls',
    head: ['TASK', 'PID', 'STATUS'],
    columns: {
      TASK: 'The id of the container whose task this is. A container is a description; a task is its running process.',
      PID: 'The pid of its first process, seen from the node.',
      STATUS: 'RUNNING, PAUSED (frozen), STOPPED or CREATED.',
    },
  },
  {
    name: 'crictl ps',
    head: ['CONTAINER', 'IMAGE', 'CREATED', 'STATE'],
    columns: {
      CONTAINER: 'The first 13 digits of the container’s id. pause is not in this list: the CRI counts it as the sandbox.',
      IMAGE: 'The image, or its id.',
      CREATED: 'How long ago it was made.',
      STATE: 'Running, Exited, Created or Unknown.',
      NAME: 'Its name in the pod’s spec.',
      ATTEMPT: 'How often the kubelet has made it before: 0 is the first.',
      'POD ID': 'The sandbox it belongs to: the id of its pause container.',
      POD: 'The name of its pod.',
    },
  },
  {
    name: 'crictl pods',
    head: ['POD ID', 'CREATED', 'STATE'],
    columns: {
      'POD ID': 'The sandbox’s id, which is the id of its pause container.',
      CREATED: 'How long ago the sandbox was made.',
      STATE: 'Ready while pause runs; NotReady when it has ended.',
      NAME: 'The pod’s name.',
      NAMESPACE: 'The Kubernetes namespace. It has nothing to do with Linux namespaces.',
      ATTEMPT: 'How many sandboxes this pod had before.',
      RUNTIME: 'The runtime handler; (default) is runc.',
    },
  },
  {
    name: 'kubectl get pods',
    head: ['NAME', 'READY', 'STATUS', 'RESTARTS'],
    columns: {
      NAME: 'The pod’s name.',
      READY: 'Ready containers of all in the spec. pause is not counted.',
      STATUS: 'What is going on with the pod, in a word.',
      RESTARTS: 'How often its containers were started again, in the same sandbox.',
      AGE: 'How long ago the pod was created.',
      IP: 'The address in the pod’s network namespace; with hostNetwork, the node’s.',
      NODE: 'The node that it runs on.',
    },
  },
  {
    name: 'ss',
    head: ['Netid', 'State', 'Recv-Q', 'Send-Q'],
    columns: {
      Netid: 'The kind of socket: tcp, udp, u_str …',
      State: 'LISTEN waits for connections, ESTAB is connected.',
      'Recv-Q': 'Bytes not yet read; for a listener, connections not yet accepted.',
      'Send-Q': 'Bytes not yet acknowledged; for a listener, how many may wait.',
      'Local Address:Port': 'Where it is bound, in the network namespace that was asked.',
      'Peer Address:Port': 'The other end.',
      Process: 'Who has it open.',
    },
  },
]

/** Lines of a spec and of /proc that mean something by themselves. */
export const LINES: readonly { readonly form: RegExp; readonly what: string; readonly meaning: string }[] = [
  { form: /"path":\s*"\/proc\/(\d+)\/ns\/(\w+)"/, what: 'joins', meaning: 'The container does not get a namespace of its own here but joins that of process $1 ($2): in a pod, this is pause.' },
  { form: /"path":\s*"\/var\/run\/netns\/[^"]+"/, what: 'joins by a file', meaning: 'A namespace that is bound to a file: containerd made it before any process was in it, and pause joins it by this path.' },
  { form: /"type":\s*"(\w+)"/, what: '$1', meaning: 'An entry of the spec’s namespaces. Without a path below it: a new namespace of kind $1. With a path: that one is joined.' },
  { form: /"hostname":\s*"([^"]*)"/, what: 'hostname', meaning: 'What runc sets in a new UTS namespace. The name can be changed later; the spec does not follow.' },
  { form: /"cgroupsPath":/, what: 'cgroupsPath', meaning: 'The group that limits and counts the container’s processes. The pod’s group is its parent.' },
  { form: /"io\.kubernetes\.cri\.container-type":\s*"(\w+)"/, what: 'container-type', meaning: 'sandbox is pause; container is one of the pod’s own.' },
  { form: /"io\.kubernetes\.cri\.sandbox-id":/, what: 'sandbox-id', meaning: 'The pod it belongs to, by the id of its pause container.' },
  { form: /"oomScoreAdj":\s*(-?\d+)/, what: 'oomScoreAdj', meaning: 'How willingly the kernel kills it when memory is short: -998 is nearly never, 1000 is first.' },
  { form: /(net|ipc|uts|pid|mnt|cgroup|user|time):\[(\d+)\]/, what: '$1', meaning: 'A link of /proc/PID/ns: the kind of the namespace and its inode number, $2. Equal numbers are one namespace.' },
  { form: /containerd-shim-runc-v2 .*-id (\w+)/, what: 'the shim', meaning: 'One for each pod, named by the sandbox’s id. It is the parent of pause and of the pod’s containers, and outlives a restart of containerd.' },
]
