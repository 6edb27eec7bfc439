/**
 * Lines that say by themselves what their parts are: rows of listings whose head was cut off (`ps -ef | grep …`), /proc, mount(8), ip(8), ls(1),
 * a spec of the OCI. Each form is a pattern whose named groups are the parts; a group's meaning stands below it, or with the column of that name
 * in a listing (columns.ts; `_` for a blank).
 */
import { PS } from './columns'

export interface Form {
  readonly name: string
  /** With the flag `d`: where the parts stand. */
  readonly form: RegExp
  readonly parts: Readonly<Record<string, string>>
}

const MOUNT = {
  source: 'What is mounted: a device, or only a name where there is none (proc, tmpfs, overlay).',
  target: 'The mount point, as this mount namespace sees it.',
  type: 'The file system’s type. overlay is a container’s root: image layers below, its own changes on top.',
  options: 'Options: ro or rw, nosuid, noexec, nodev; of an overlay also its layers (lowerdir, upperdir, workdir).',
} as const

export const FORMS: readonly Form[] = [
  {
    name: 'ps -ef',
    form: /^(?<UID>[\w+-]+) +(?<PID>\d+) +(?<PPID>\d+) +(?<C>\d+) (?<STIME>\d\d:\d\d|[A-Z][a-z]{2}\d\d|\d{4}) (?<TTY>\S+) +(?<TIME>[\d-]*\d\d:\d\d:\d\d) (?<CMD>.*)$/d,
    parts: PS,
  },
  {
    name: 'ps aux',
    form: /^(?<USER>[\w+-]+) +(?<PID>\d+) +(?<CPU>\d+\.\d) +(?<MEM>\d+\.\d) +(?<VSZ>\d+) +(?<RSS>\d+) (?<TTY>\S+) +(?<STAT>[A-Z]\S*) +(?<START>\S+) +(?<TIME>\d+:\d\d) (?<COMMAND>.*)$/d,
    parts: { ...PS, CPU: PS['%CPU'], MEM: PS['%MEM'] },
  },
  {
    name: 'mountinfo',
    form: /^(?<id>\d+) (?<parent>\d+) (?<device>\d+:\d+) (?<root>\S+) (?<target>\S+) (?<options>\S+)(?<propagation>(?: [a-z_]+:\d+| unbindable)*) - (?<type>\S+) (?<source>\S+) (?<superOptions>\S+)$/d,
    parts: {
      ...MOUNT,
      id: 'The mount’s own number (proc_pid_mountinfo(5)).',
      parent: 'The number of the mount that it lies on.',
      device: 'The device of its file system, major:minor. Equal numbers are one file system, however often it is mounted.',
      root: 'Which folder of that file system is seen here: / is all of it; another one is a bind mount.',
      options: 'Options of this mount alone.',
      propagation: 'shared:N: what is mounted below it also appears in its peers, master:N: it receives from them. Nothing: private.',
      superOptions: 'Options of the whole file system, however often it is mounted.',
    },
  },
  { name: 'mount', form: /^(?<source>\S+) on (?<target>\/.*) type (?<type>[\w.]+) \((?<options>[^)]*)\)$/d, parts: MOUNT },
  {
    name: '/proc/mounts',
    form: /^(?<source>\S+) (?<target>\/\S*) (?<type>[a-z][\w.]*) (?<options>r[ow]\S*) (?<dump>\d) (?<pass>\d)$/d,
    parts: { ...MOUNT, dump: 'For dump(8): always 0 here.', pass: 'The order of checks at boot: always 0 here.' },
  },
  {
    name: '/proc/PID/cgroup',
    form: /^(?<hierarchy>\d+):(?<controllers>[\w,=-]*):(?<path>\/.*)$/d,
    parts: {
      hierarchy: 'The number of the cgroup hierarchy; 0 is cgroup v2.',
      controllers: 'What is limited or counted in it; empty for cgroup v2.',
      path: 'The process’s group in it. Of a pod’s container: …/podUID/CONTAINER_ID, so a pid leads to its container.',
    },
  },
  {
    name: 'uid_map',
    form: /^ +(?<inside>\d+) +(?<outside>\d+) +(?<count>\d+)$/d,
    parts: { inside: 'The first id inside of the user namespace.', outside: 'The id outside that it stands for.', count: 'How many ids follow in this way; 4294967295 is all: nothing is mapped.' },
  },
  {
    name: 'ip link',
    form: /^(?<index>\d+): (?<device>[\w.-]+)(?<peer>@[\w.-]+)?: <(?<flags>[A-Z_,-]*)> mtu (?<mtu>\d+) qdisc (?<queue>\w+)(?: master (?<master>\S+))? state (?<state>\w+)(?: mode \w+)?(?: group (?<group>\w+))?(?: qlen (?<length>\d+))?/d,
    parts: {
      index: 'The device’s number in its network namespace. The other end of a veth pair names it: eth0@if7 is tied to number 7 over there.',
      device: 'The device’s name in this network namespace.',
      peer: 'The other end of the veth pair: if and its number, in the other network namespace.',
      flags: 'What the device can and is: UP was switched on, LOWER_UP has a carrier, LOOPBACK leads back.',
      mtu: 'The longest packet it takes, in bytes.',
      queue: 'How packets are queued before they leave.',
      master: 'The bridge that it is a port of: cni0 joins the pods of a node.',
      state: 'UP, DOWN, or UNKNOWN where the device has no such thing (lo).',
      group: 'A label by which several devices can be addressed.',
      length: 'How many packets may wait to leave.',
    },
  },
  { name: 'ip link', form: /^ {4}link\/(?<kind>\w+) (?<address>[0-9a-f:]+)(?: brd (?<broadcast>\S+))?(?: link-netns (?<namespace>\S+))?/d, parts: { kind: 'The kind of the device: ether has hardware addresses, loopback none.', address: 'Its hardware (MAC) address.', broadcast: 'The address that all on this link listen to.', namespace: 'The file in /run/netns of the network namespace in which its other end is: of a pod.' } },
  { name: 'ip addr', form: /^ {4}inet6? (?<address>\S+)(?: brd (?<broadcast>\S+))? scope (?<scope>\w+)/d, parts: { address: 'Its address, with the length of the network’s prefix. A pod’s is the same for all its containers: they share the device.', broadcast: 'The address that all in this network listen to.', scope: 'How far it is valid: host inside of the machine only, link on this wire, global everywhere.' } },
  { name: 'ip addr', form: /^ +valid_lft (?<valid>\w+) preferred_lft (?<preferred>\w+)/d, parts: { valid: 'How long the address remains; forever where it was set by hand.', preferred: 'How long new connections use it.' } },
  { name: 'ip -br', form: /^(?<device>[\w.-]+)(?<peer>@\w+)? +(?<state>UP|DOWN|UNKNOWN) +(?<addresses>\S.*)$/d, parts: { device: 'The device’s name in this network namespace.', peer: 'The other end of the veth pair, in the other network namespace.', state: 'UP, DOWN, or UNKNOWN where the device has no such thing (lo).', addresses: 'Its addresses, or its hardware address.' } },
  {
    name: 'ip route',
    form: /^(?<to>default|[\d.]+(?:\/\d+)?)(?: via (?<via>\S+))? dev (?<device>\S+)(?: proto (?<by>\w+))?(?: scope (?<scope>\w+))?(?: src (?<source>\S+))?/d,
    parts: {
      to: 'For which addresses it holds; default for all that no other line names.',
      via: 'The next machine on the way. Without it: they are reached directly.',
      device: 'The device that leads there. cni0 leads to the pods of this node.',
      by: 'Who made it: kernel with the address itself, static an administrator.',
      scope: 'link: reached without a machine between.',
      source: 'The address that is given as the sender’s.',
    },
  },
  { name: 'ip neigh', form: /^(?<address>[\d.]+|[0-9a-f:]+) dev (?<device>\S+) lladdr (?<hardware>\S+) (?<state>[A-Z]+)/d, parts: { address: 'The neighbour’s address.', device: 'Where it is.', hardware: 'Its hardware address.', state: 'How sure this is: REACHABLE was just heard of, STALE is asked again when it is needed.' } },
  { name: 'ip netns', form: /^(?<file>[\w-]+) \(id: (?<number>\d+)\)$/d, parts: { file: 'A file in /run/netns that a network namespace is bound to. containerd makes one for each pod: cni-…', number: 'The small number by which the namespace you look from knows it.' } },
  {
    name: 'ls -l',
    form: /^(?<mode>[-dlcbps][-rwxsStT]{9}[+.@]?) +(?<links>\d+) (?<owner>\S+) +(?<group>\S+) +(?<size>[\d.]+[KMGT]?|\d+, +\d+) (?<time>[A-Z][a-z]{2} [ \d]\d (?: \d{4}|\d\d:\d\d)) (?<name>.*)$/d,
    parts: {
      mode: 'The kind (- file, d folder, l link, c and b devices, s socket, p pipe), then what owner, group and others may.',
      links: 'How many names it has; of a folder 2 and its subfolders.',
      owner: 'Whose it is; a number where this file system has no such user.',
      group: 'The group that it belongs to.',
      size: 'Bytes; of a device its major and minor number.',
      time: 'When its content was last changed.',
      name: 'Its name; of a link, behind the arrow, where it leads.',
    },
  },
  { name: 'pstree', form: /^(?<tree>[ |`+-]*-)(?<command>[\w{}.-]+)\((?<pid>\d+)\)/d, parts: { tree: 'Who stands further left is the parent.', command: 'The program. In braces: a thread of it, no process of its own.', pid: 'Its pid.' } },
  {
    name: 'ctr containers ls',
    form: /^(?<CONTAINER>[0-9a-f]{64}) +(?<IMAGE>\S+) +(?<RUNTIME>io\.containerd\.\S+)/d,
    parts: {},
  },
  { name: 'ctr tasks ls', form: /^(?<TASK>[0-9a-f]{64}) +(?<PID>\d+) +(?<STATUS>[A-Z]+)/d, parts: {} },
  { name: 'crictl ps', form: /^(?<CONTAINER>[0-9a-f]{13}) {2,}(?<IMAGE>\S+) {2,}(?<CREATED>\S+(?: \S+)*) {2,}(?<STATE>Running|Exited|Created|Unknown) {2,}(?<NAME>\S+) {2,}(?<ATTEMPT>\d+) {2,}(?<POD_ID>[0-9a-f]+)(?: {2,}(?<POD>\S+))?/d, parts: {} },
  { name: 'crictl pods', form: /^(?<POD_ID>[0-9a-f]{13}) {2,}(?<CREATED>\S+(?: \S+)*) {2,}(?<STATE>Ready|NotReady) {2,}(?<NAME>\S+) {2,}(?<NAMESPACE>\S+) {2,}(?<ATTEMPT>\d+) {2,}(?<RUNTIME>\S+)/d, parts: {} },
  { name: 'lsns', form: /^ *(?<NS>\d{10}) (?<TYPE>mnt|uts|ipc|net|pid|user|cgroup|time) +(?<NPROCS>\d+) +(?<PID>\d+) (?<USER>\S+) +(?:(?<NETNSID>unassigned|\d+) +(?<NSFS>\/run\/\S+)? *)?(?<COMMAND>\S.*)$/d, parts: {} },
  { name: 'ss', form: /^(?:(?<Netid>[a-z_]+) +)?(?<State>LISTEN|ESTAB|UNCONN|TIME-WAIT|CLOSE-WAIT|SYN-SENT) +(?<Recv>\d+) +(?<Send>\d+) +(?<Local>\S+) +(?<Peer>\S+) *(?<Process>users:\S+)?/d, parts: {
    Netid: 'The kind of socket: tcp, udp, u_str …', State: 'LISTEN waits for connections, ESTAB is connected.', Recv: 'Bytes not yet read; for a listener, connections not yet accepted.', Send: 'Bytes not yet acknowledged; for a listener, how many may wait.',
    Local: 'Where it is bound, in the network namespace that was asked.', Peer: 'The other end.', Process: 'Who has it open: program, pid, file descriptor.',
  } },
]
