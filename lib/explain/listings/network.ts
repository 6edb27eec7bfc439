/** Columns of the network's listings: ss(8), netstat(8), route(8), arp(8), /proc/net (proc_net(5)). */
import type { Listing } from '../listing'

const SS = {
  Netid: 'The kind of socket: tcp, udp, u_str …',
  State: 'LISTEN waits for connections, ESTAB is connected.',
  'Recv-Q': 'Bytes not yet read; for a listener, connections not yet accepted.',
  'Send-Q': 'Bytes not yet acknowledged; for a listener, how many may wait.',
  'Local Address:Port': 'Where it is bound, in the network namespace that was asked.',
  'Peer Address:Port': 'The other end.',
  Process: 'Who has it open: program, pid, file descriptor.',
} as const

const ROUTE = {
  Destination: 'For which addresses it holds; 0.0.0.0 is for all that no other line names.',
  Gateway: 'The next machine on the way; 0.0.0.0: they are reached directly.',
  Genmask: 'How much of the destination’s address counts.',
  Mask: 'How much of the destination’s address counts.',
  Flags: 'U it is in use, G over a gateway, H one single address.',
  Metric: 'Of several the one with the lower number is taken.',
  Ref: 'Not used by Linux.',
  RefCnt: 'Not used by Linux.',
  Use: 'How often it was looked up.',
  MSS: 'The longest segment of TCP; 0 is as usual.',
  MTU: 'The longest packet; 0 is the device’s.',
  Window: 'The window of TCP; 0 is as usual.',
  irtt: 'The round trip that TCP assumes at first; 0 is as usual.',
  IRTT: 'The round trip that TCP assumes at first; 0 is as usual.',
  Iface: 'The device that leads there. cni0 leads to the pods of this node.',
} as const

const SOCKETS = {
  sl: 'The line’s number.',
  local_address: 'Where it is bound: the address in hexadecimal, back to front, and the port. 0016 is 22.',
  rem_address: 'The other end, in the same way.',
  st: 'Its state: 0A listens, 01 is connected, 06 waits after its end, 07 is UDP’s only one.',
  tx_queue: 'Bytes that wait to leave.',
  rx_queue: 'Bytes that wait to be read.',
  tr: 'Which of its timers runs; 00 is none.',
  'tm->when': 'When that timer rings.',
  retrnsmt: 'How often it sent something again.',
  uid: 'Whose it is.',
  timeout: 'Probes that were not answered.',
  inode: 'The socket’s number: /proc/PID/fd has it as socket:[N].',
  ref: 'How many refer to it.',
  pointer: 'Where in the kernel it lies.',
  drops: 'How many packets were dropped.',
} as const

const NETSTAT = { Proto: 'The protocol: tcp, udp, unix.', 'Recv-Q': SS['Recv-Q'], 'Send-Q': SS['Send-Q'], 'Local Address': SS['Local Address:Port'], 'Foreign Address': SS['Peer Address:Port'], State: 'LISTEN waits for connections, ESTABLISHED is connected.', 'PID/Program name': 'Who has it open.' } as const

export const NETWORK: readonly Listing[] = [
  { name: 'ss', head: ['Netid', 'State', 'Recv-Q', 'Send-Q'], columns: SS },
  { name: 'ss', head: ['State', 'Recv-Q', 'Send-Q'], columns: SS },
  { name: 'ss', head: ['Recv-Q', 'Send-Q', 'Local Address'], columns: SS },
  { name: 'netstat', head: ['Proto', 'Recv-Q', 'Send-Q', 'Local Address'], columns: NETSTAT },
  { name: 'netstat', head: ['Proto', 'RefCnt', 'Flags'], columns: { Proto: 'The protocol: unix.', RefCnt: 'How many processes have it open.', Flags: 'ACC waits for connections.', Type: 'STREAM is a connection, DGRAM single messages, SEQPACKET both.', State: 'LISTENING waits for connections, CONNECTED has one.', 'I-Node': 'The socket’s number: /proc/PID/fd has it as socket:[N].', 'PID/Program name': 'Who has it open.', Path: 'The file that it is bound to; with @ a name without a file.' } },
  { name: 'netstat -i', head: ['Iface', 'MTU', 'RX-OK'], columns: { Iface: 'The device’s name in this network namespace.', MTU: 'The longest packet it takes, in bytes.', 'RX-OK': 'Packets received.', 'RX-ERR': 'Of those that came, broken ones.', 'RX-DRP': 'Dropped ones.', 'RX-OVR': 'Those there was no room for.', 'TX-OK': 'Packets sent.', 'TX-ERR': 'Those that could not be sent.', 'TX-DRP': 'Dropped before they left.', 'TX-OVR': 'Those there was no room for.', Flg: 'B takes broadcasts, L leads back, M takes multicasts, R runs, U is up.' } },
  { name: 'route', head: ['Destination', 'Gateway', 'Genmask'], columns: ROUTE },
  { name: '/proc/net/route', head: ['Iface', 'Destination', 'Gateway'], columns: { ...ROUTE, Destination: 'For which addresses it holds: in hexadecimal, back to front. 00000000 is all that no other line names.', Gateway: 'The next machine on the way, in hexadecimal, back to front; 00000000: they are reached directly.', Flags: 'As bits: 1 it is in use, 2 over a gateway, 4 one single address.' } },
  { name: 'arp', head: ['Address', 'HWtype', 'HWaddress'], columns: { Address: 'The neighbour’s address.', HWtype: 'The kind of the wire.', HWaddress: 'Its hardware (MAC) address: in a pod’s network that of the other end of its veth pair.', Flags: 'C was found out, M was set by hand, P is answered for another.', Mask: 'For which addresses, of those answered for another.', Iface: 'The device that it is reached by.' } },
  { name: '/proc/net/arp', head: ['IP address', 'HW type', 'Flags'], columns: { 'IP address': 'The neighbour’s address.', 'HW type': 'The kind of the wire: 0x1 is Ethernet.', Flags: '0x2 is known, 0x0 is not, 0x6 was set by hand.', 'HW address': 'Its hardware (MAC) address.', Mask: 'Not used: *.', Device: 'The device that it is reached by.' } },
  { name: '/proc/net/tcp', head: ['sl', 'local_address', 'rem_address'], columns: SOCKETS },
  { name: '/proc/net/unix', head: ['Num', 'RefCount', 'Protocol'], columns: { Num: 'Where in the kernel it lies.', RefCount: 'How many have it open.', Protocol: 'Always 0.', Flags: '00010000 waits for connections.', Type: '0001 is a connection, 0002 single messages, 0005 both.', St: '01 is free, 03 is connected.', Inode: 'The socket’s number: /proc/PID/fd has it as socket:[N].', Path: 'The file that it is bound to; with @ a name without a file.' } },
  { name: '/proc/net/dev', head: ['face', '|bytes', 'packets'], columns: { face: 'The device’s name in this network namespace.', bytes: 'How many bytes, first received, further right sent.', packets: 'How many packets.', errs: 'How many were broken.', drop: 'How many were dropped.', fifo: 'How many there was no room for.', frame: 'How many were not framed rightly.', compressed: 'How many were compressed.', multicast: 'How many were for a group.', colls: 'How often two spoke at once.', carrier: 'How often the wire was lost.' } },
]
