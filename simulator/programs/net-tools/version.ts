/** What net-tools 2.10 as Debian builds it says of itself. */
import type { Io } from '../program'

export const RELEASE = 'net-tools 2.10\n'
export const FAMILIES = 'AF: (inet) +UNIX +INET +INET6 +IPX +AX25 +NETROM +X25 +ATALK +ECONET +ROSE -BLUETOOTH\n'
export const HARDWARE = '+ETHER +ARC +SLIP +PPP +TUNNEL -TR +AX25 +NETROM +X25 +FR +ROSE +ASH +SIT +FDDI +HIPPI +HDLC/LAPB +EUI64 \n'
export const ROUTING_FAMILIES = '    inet (DARPA Internet) inet6 (IPv6) ax25 (AMPR AX.25) \n    netrom (AMPR NET/ROM) rose (AMPR ROSE) ipx (Novell IPX) \n    ddp (Appletalk DDP) x25 (CCITT X.25) \n'

/** A usage text goes where its status says; the lists at its ends always go to standard error. */
export function usage(io: Io, text: readonly (readonly [lines: string, list: string])[], status: number): number {
  for (const [lines, list] of text) {
    io[status === 0 ? 'out' : 'err'](lines)
    io.err(list)
  }
  return status
}

/** What a wrong call gets: what is wrong with it, and the usage. */
export const wrongCall = (io: Io, text: Parameters<typeof usage>[1], status: number) => (message: string): number => {
  io.err(`${io.name}: ${message}\n`)
  return usage(io, text, status)
}
