/**
 * Lines that say by themselves what their parts are: rows of listings whose head was cut off (`ps -ef | grep …`), /proc, mount(8), ip(8), ls(1),
 * a spec of the OCI. Each form is a pattern whose named groups are the parts; a group's meaning stands below it, or with the column of that name
 * in a listing (columns.ts; `_` for a blank).
 */
import { PS } from './listings/ps'

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
  {
    name: 'ls -ls, ls -i',
    form: /^ *(?<inode>\d+)(?: +(?<blocks>\d+))? (?<mode>[-dlcbps][-rwxsStT]{9}[+.@]?) +(?<links>\d+) (?<owner>\S+) +(?<group>\S+) .*$/d,
    parts: { inode: 'With -i the file’s inode number: equal numbers on one file system are one file. With -s alone what it takes, in KiB.', blocks: 'What it takes, in KiB.', mode: 'The kind (- file, d folder, l link, c and b devices, s socket, p pipe), then what owner, group and others may.', links: 'How many names it has.', owner: 'Whose it is.', group: 'The group that it belongs to.' },
  },
  {
    name: '/etc/passwd',
    form: /^(?<user>[a-z_][\w-]*):(?<password>[^:]*):(?<uid>\d+):(?<gid>\d+):(?<comment>[^:]*):(?<home>[^:]*):(?<shell>[^:]*)$/d,
    parts: { user: 'The user’s name.', password: 'x: the password is in /etc/shadow, as a hash.', uid: 'The number that stands for the user; the kernel knows no names. 0 is root.', gid: 'The number of the user’s own group.', comment: 'The name in full.', home: 'The home folder.', shell: 'What is started at a login; nologin refuses it.' },
  },
  { name: '/etc/group', form: /^(?<group>[a-z_][\w-]*):(?<password>[^:]*):(?<gid>\d+):(?<members>[\w,-]*)$/d, parts: { group: 'The group’s name.', password: 'x or nothing: it has none here.', gid: 'The number that stands for the group.', members: 'Who belongs to it besides those whose own group it is.' } },
  {
    name: 'uname -a',
    form: /^(?<kernel>Linux) (?<host>\S+) (?<release>\d\S+) (?<version>#.*) (?<machine>x86_64|aarch64) (?<system>GNU\/Linux)$/d,
    parts: { kernel: 'The kernel’s name.', host: 'The hostname, of this UTS namespace. A pod has its own: pause holds it.', release: 'The kernel’s release: containers have no other than the node’s.', version: 'Which build of it.', machine: 'The kind of the CPU.', system: 'The kind of the system.' },
  },
  { name: 'uptime', form: /^(?: |top - )(?<now>\d\d:\d\d:\d\d) up (?<up>.*?), +(?<users>\d+) users?, +load average: (?<load>.*)$/d, parts: { now: 'The time of day.', up: 'How long the machine has been running.', users: 'How many are logged in.', load: 'How many processes ran or waited to run, on average over 1, 5 and 15 minutes.' } },
  { name: '/proc/loadavg', form: /^(?<load>\d+\.\d\d \d+\.\d\d \d+\.\d\d) (?<running>\d+)\/(?<all>\d+) (?<last>\d+)$/d, parts: { load: 'How many processes ran or waited to run, on average over 1, 5 and 15 minutes.', running: 'How many run now.', all: 'How many threads there are.', last: 'The pid that was given last.' } },
  { name: '/proc/uptime', form: /^(?<up>\d+\.\d\d) (?<idle>\d+\.\d\d)$/d, parts: { up: 'Seconds since boot.', idle: 'Seconds in which nothing ran, all CPUs together.' } },
  { name: '/proc/PID/statm', form: /^(?<size>\d+) (?<resident>\d+) (?<shared>\d+) (?<text>\d+) (?<lib>0) (?<data>\d+) (?<dirty>0)$/d, parts: { size: 'Virtual memory in pages.', resident: 'What of it lies in RAM.', shared: 'Of that, what comes from files or is shared.', text: 'Its code.', lib: 'Not used any more.', data: 'Its data and stack.', dirty: 'Not used any more.' } },
  {
    name: '/proc/PID/stat',
    form: /^(?<pid>\d+) (?<comm>\(.*\)) (?<state>[RSDZTtXIP]) (?<ppid>\d+) (?<group>-?\d+) (?<session>-?\d+) (?<tty>-?\d+) (?<foreground>-?\d+) (?<flags>\d+) (?<faults>\d+ \d+ \d+ \d+) (?<time>\d+ \d+ \d+ \d+) (?<priority>-?\d+) (?<nice>-?\d+) (?<threads>\d+) 0 (?<start>\d+) (?<size>\d+) (?<resident>-?\d+) .*$/d,
    parts: {
      pid: 'Its pid.', comm: 'The program’s name, at most 15 letters.', state: 'S sleeps, R runs, T is stopped, Z has ended and waits to be reaped.', ppid: 'The parent’s pid.', group: 'Its process group.', session: 'Its session.', tty: 'The number of its terminal; 0 is none.', foreground: 'The process group in the foreground of that terminal; -1 is none.',
      flags: 'Flags of the kernel.', faults: 'Page faults: small ones, those of its children, large ones, those of its children.', time: 'CPU time in programs and in the kernel, and that of its children, in hundredths of a second.', priority: 'Its priority.', nice: 'Its nice value.', threads: 'How many threads it has.', start: 'When it started, in hundredths of a second since boot.', size: 'Virtual memory in bytes.', resident: 'What of it lies in RAM, in pages.',
    },
  },
  { name: 'id', form: /^uid=(?<user>\d+(?:\([^)]*\))?) gid=(?<group>\d+(?:\([^)]*\))?)(?: groups=(?<groups>\S+))?$/d, parts: { user: 'As whom you are.', group: 'Your own group.', groups: 'All your groups.' } },
  { name: 'ip rule', form: /^(?<priority>\d+):\t(?<selector>from \S+(?: to \S+)?) lookup (?<table>\w+)/d, parts: { priority: 'The rules are looked at from the lowest number on.', selector: 'For which packets it holds.', table: 'Which table of routes is asked: ip route show table …' } },
  { name: 'bridge link', form: /^(?<index>\d+): (?<device>[\w.-]+)(?<peer>@[\w.-]+)?: <(?<flags>[A-Z_,-]*)> mtu (?<mtu>\d+) master (?<master>\S+) state (?<state>\w+) priority (?<priority>\d+) cost (?<cost>\d+)/d, parts: { index: 'The device’s number in its network namespace.', device: 'The device’s name in this network namespace.', peer: 'The other end of the veth pair: of a pod.', flags: 'What the device can and is: UP was switched on, LOWER_UP has a carrier.', mtu: 'The longest packet it takes, in bytes.', master: 'The bridge that it is a port of.', state: 'forwarding: what comes in goes on to the other ports.', priority: 'For the spanning tree: of several ways the lower one is taken.', cost: 'For the spanning tree: what this way costs.' } },
  { name: 'bridge fdb', form: /^(?<hardware>[0-9a-f:]{17}) dev (?<device>\S+)(?: master (?<master>\S+))?(?<flags>(?: \w+)*)$/d, parts: { hardware: 'A hardware (MAC) address.', device: 'Behind which device it is.', master: 'Which bridge knows it.', flags: 'self: the device itself takes it in; permanent: it was not learned and is not forgotten.' } },
  { name: 'ip -s link', form: /^ {4}(?<way>[RT]X): +(?<bytes>bytes) +(?<packets>packets) +(?<errors>errors) +(?<dropped>dropped) +(?<other>\w+ +\w+) *$/d, parts: { way: 'RX is what came in, TX what went out.', bytes: 'How many bytes.', packets: 'How many packets.', errors: 'How many were broken.', dropped: 'How many were dropped.', other: 'missed: there was no room; mcast: for a group; carrsns: the wire was lost; collsns: two spoke at once.' } },
  { name: 'sha256sum', form: /^(?<sum>[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128}) [ *](?<file>\S.*)$/d, parts: { sum: 'The check sum of the content: another byte, another sum. containerd names layers by their sha256.', file: 'The file; - is the standard input.' } },
  { name: 'du', form: /^(?<size>\d[\d.]*[KMGT]?)\t(?<path>\S.*)$/d, parts: { size: 'What it takes on its file system, with all that lies in it: in KiB, or with its unit.', path: 'The file or folder.' } },
  { name: 'pgrep -a', form: /^(?<pid>\d{1,7}) (?<command>\/\S.*)$/d, parts: { pid: 'Its pid.', command: 'Its command line.' } },
  { name: 'stat', form: /^ {2}File: (?<file>.*)$/d, parts: { file: 'Its name; of a link, behind the arrow, where it leads.' } },
  { name: 'stat', form: /^ {2}Size: (?<size>\d+) +\tBlocks: (?<blocks>\d+) +IO Block: (?<unit>\d+) +(?<kind>.*)$/d, parts: { size: 'Bytes.', blocks: 'What it takes, in pieces of 512 bytes.', unit: 'In pieces of how many bytes it is best read.', kind: 'What it is.' } },
  { name: 'stat', form: /^Device: (?<device>\S+)\tInode: (?<inode>\d+) +Links: (?<links>\d+)/d, parts: { device: 'The device of its file system, major,minor.', inode: 'Its number there. Of a link in /proc/PID/ns/, followed, the namespace’s own.', links: 'How many names it has.' } },
  { name: 'stat', form: /^Access: \((?<mode>\d+\/[-\w]+)\) +Uid: \( *(?<owner>\d+\/ *\S+)\) +Gid: \( *(?<group>\d+\/ *\S+)\)/d, parts: { mode: 'What owner, group and others may: octal, then in letters.', owner: 'Whose it is.', group: 'The group that it belongs to.' } },
  { name: 'stat', form: /^(?:Access: (?<access>\d{4}-.*)|Modify: (?<modify>.*)|Change: (?<change>.*)| Birth: (?<birth>.*))$/d, parts: { access: 'When it was last read.', modify: 'When its content was last changed.', change: 'When anything of it was last changed, its rights too.', birth: 'When it was made.' } },
  { name: 'pstree', form: /^(?<tree>[ |`+-]*-?)(?<command>[a-z][\w{}.-]*?)(?:\((?<pid>\d+)\))?(?<below>(?:-[-+]-).*)$/d, parts: { tree: 'Who stands further left is the parent.', command: 'The program. In braces: a thread of it, no process of its own.', pid: 'Its pid.', below: 'Its children: the first beside it, the others below.' } },
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
