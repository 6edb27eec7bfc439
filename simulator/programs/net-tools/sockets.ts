/** Sockets as netstat prints them, of what /proc/net tells (net-tools netstat.c). */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { readText } from '../procps/processes'
import { heldSockets } from '../procps/sockets'
import { inet, inet6Words } from './addresses'
import type { Names } from './names'

export type Kind = 'connected' | 'listening' | 'all'

export interface Show {
  readonly kind: Kind
  readonly wide: boolean
  readonly extended: boolean
  readonly names: Names
  /** User names, or ids. */
  readonly user: (uid: number) => string
  /** `PID/NAME` by inode; null: that column is not asked for. */
  readonly programs: ReadonlyMap<number, string> | null
}

const STATES = ['', 'ESTABLISHED', 'SYN_SENT', 'SYN_RECV', 'FIN_WAIT1', 'FIN_WAIT2', 'TIME_WAIT', 'CLOSE', 'CLOSE_WAIT', 'LAST_ACK', 'LISTEN', 'CLOSING']
const LISTEN = 10
const CLOSE = 7
/** A program's column; the name is cut to it. */
const PROGRAM_WIDTH = 20
const ENDPOINT_WIDTH = 23

/** Who holds which socket: `PID/NAME`. */
export function* programsOf(sys: Sys): Run<Map<number, string>> {
  const programs = new Map<number, string>()
  for (const { pid, inode } of heldSockets(sys)) {
    if (programs.has(inode)) continue
    const command = ((yield* readText(sys, `/proc/${pid}/cmdline`)) ?? '').split('\0', 1)[0] ?? ''
    programs.set(inode, `${pid}/${command.startsWith('/') ? command.slice(command.lastIndexOf('/') + 1) : command}`.slice(0, PROGRAM_WIDTH - 1))
  }
  return programs
}

export const KINDS: { readonly [K in Kind]: string } = { connected: '(w/o servers)', listening: '(only servers)', all: '(servers and established)' }

export const internetHeader = ({ kind, extended, programs }: Show): string =>
  `Active Internet connections ${KINDS[kind]}\nProto Recv-Q Send-Q Local Address           Foreign Address         State      ${extended ? ' User       Inode     ' : ''}${programs ? ` ${'PID/Program name'.padEnd(PROGRAM_WIDTH)}` : ''}\n`

export function* internet(sys: Sys, protocol: 'tcp' | 'udp' | 'raw', family: 4 | 6, show: Show): Run<string> {
  let out = ''
  const file = family === 6 ? `${protocol}6` : protocol
  for (const line of ((yield* readText(sys, `/proc/net/${file}`)) ?? '').split('\n').slice(1).filter(Boolean)) {
    const [, local = '', peer = '', stateWord = '', queues = ':', , , uid = '', , inodeWord = ''] = line.trim().split(/\s+/)
    const state = Number.parseInt(stateWord, 16)
    const [, peerPort = ''] = peer.split(':')
    const bound = Number.parseInt(peerPort, 16) === 0
    const listens = protocol === 'tcp' ? state === LISTEN : bound
    if (show.kind !== 'all' && listens !== (show.kind === 'listening')) continue
    const [send = 0, receive = 0] = queues.split(':').map((word) => Number.parseInt(word, 16))
    const endpoint = (text: string): string => {
      const [address = '', port = ''] = text.split(':')
      const number = Number.parseInt(port, 16)
      const any = /^0+$/.test(address)
      const shown = any ? (family === 6 ? '::' : '0.0.0.0') : show.names.host(family === 6 ? inet6Words(address) : inet(address))
      const service = number === 0 ? '*' : show.names.port(number, protocol)
      const room = ENDPOINT_WIDTH - 1 - service.length
      return `${show.wide || shown.length <= room ? shown : shown.slice(0, room)}:${service}`.padEnd(ENDPOINT_WIDTH)
    }
    const named = protocol === 'raw' ? String(state) : protocol === 'udp' && state === CLOSE ? '' : (STATES[state] ?? '')
    const inode = Number(inodeWord)
    out += `${file.padEnd(4)}  ${String(receive).padStart(6)} ${String(send).padStart(6)} ${endpoint(local)} ${endpoint(peer)} ${named.padEnd(11)}`
    if (show.extended) out += ` ${show.user(Number(uid)).slice(0, 10).padEnd(10)} ${String(inode).padEnd(10)}`
    if (show.programs) out += ` ${(show.programs.get(inode) ?? '-').padEnd(PROGRAM_WIDTH)}`
    out += '\n'
  }
  return out
}

const TYPES: { readonly [type: number]: string } = { 1: 'STREAM', 2: 'DGRAM', 3: 'RAW', 4: 'RDM', 5: 'SEQPACKET' }
/** By the socket's state; a listening one says so by its flag. */
const UNIX_STATES: { readonly [state: number]: string } = { 0: 'FREE', 1: '', 2: 'CONNECTING', 3: 'CONNECTED', 4: 'DISCONNECTING' }
const ACCEPTS = 0x10000

export function* unix(sys: Sys, show: Show): Run<string> {
  let out = `Active UNIX domain sockets ${KINDS[show.kind]}\nProto RefCnt Flags       Type       State         I-Node   ${show.programs ? `${'PID/Program name'.padEnd(PROGRAM_WIDTH)} ` : ''}Path\n`
  for (const line of ((yield* readText(sys, '/proc/net/unix')) ?? '').split('\n').slice(1).filter(Boolean)) {
    const [, , references = '', , flagWord = '', typeWord = '', stateWord = '', inode = '', path = ''] = /^(\S+): +(\S+) +(\S+) +(\S+) +(\S+) +(\S+) +(\S+)(?: (.*))?$/.exec(line.trim()) ?? []
    const flags = Number.parseInt(flagWord, 16)
    const listens = (flags & ACCEPTS) !== 0
    const state = Number.parseInt(stateWord, 16)
    if (show.kind !== 'all' && listens !== (show.kind === 'listening')) continue
    const named = listens ? 'LISTENING' : (UNIX_STATES[state] ?? 'UNKNOWN')
    out += `unix  ${String(Number.parseInt(references, 16)).padEnd(6)} ${(listens ? '[ ACC ]' : '[ ]').padEnd(11)} ${(TYPES[Number.parseInt(typeWord, 16)] ?? 'UNKNOWN').padEnd(10)} ${named.padEnd(13)} ${inode.padEnd(8)} `
    if (show.programs) out += `${(show.programs.get(Number(inode)) ?? '-').padEnd(PROGRAM_WIDTH)} `
    out += `${path}\n`
  }
  return out
}
