/**
 * A network device's directory (net/core/net-sysfs.c). Left out is what the model does not count: changes of the carrier.
 */
import { Errno } from '../../errno'
import { Bridge, type Device, Veth } from '../../net/device'
import { bridgeFiles, portFiles } from './bridge'
import { dir, failing, file, link, listing, type Make, type Names, value } from './inodes'

const IFF = { UP: 0x1, BROADCAST: 0x2, LOOPBACK: 0x8, NOARP: 0x80, PROMISC: 0x100, ALLMULTI: 0x200, MULTICAST: 0x1000 } as const
const TYPE = { ether: 1, loopback: 772 } as const
/** addr_assign_type: who chose the hardware address. */
const ADDRESS = { permanent: 0, random: 1, set: 3 } as const
/** name_assign_type: who chose the name. */
const NAME = { enumerated: 1, predictable: 2, user: 3, renamed: 4 } as const
const MBITS = 10_000
/** Counters that nothing here moves. */
const STILL =
  'collisions rx_compressed rx_crc_errors rx_fifo_errors rx_frame_errors rx_length_errors rx_missed_errors rx_nohandler rx_over_errors tx_aborted_errors tx_carrier_errors tx_compressed tx_fifo_errors tx_heartbeat_errors tx_window_errors'.split(' ')
const RW = 0o644

/** What only a device that is up tells. */
const whileUp = (device: Device, text: () => string | number, mode = 0o444): Make =>
  file(() => {
    if (!device.up) throw new Errno('EINVAL')
    return `${text()}\n`
  }, mode)

function flagsOf(device: Device): number {
  const told: Readonly<Record<string, number>> = IFF
  const shown = device.flags.reduce((sum, name) => sum | (told[name] ?? 0), 0)
  return shown | (device.master ? IFF.PROMISC | IFF.ALLMULTI : 0)
}

/** Mbit/s, -1 where nobody knows; EINVAL where it cannot be asked. */
function speedOf(device: Device): number {
  switch (device.kind) {
    case 'veth':
      return MBITS
    case 'ethernet':
      return -1
    case 'bridge':
      return device instanceof Bridge && device.ports.some((port) => port.running) ? MBITS : -1
    default:
      throw new Errno('EINVAL')
  }
}

function addressAssigned(device: Device): number {
  if (device.kind === 'loopback' || device.kind === 'ethernet') return ADDRESS.permanent
  return device instanceof Bridge && device.fixedMac ? ADDRESS.set : ADDRESS.random
}

function nameAssigned({ kind, name }: Device): number {
  if (kind === 'loopback') return NAME.predictable
  if (kind === 'ethernet') return /^eth\d+$/.test(name) ? NAME.enumerated : NAME.renamed
  return NAME.user
}

const statistics = ({ received, sent }: Device): Names => ({
  ...Object.fromEntries(STILL.map((name) => [name, value(0)])),
  multicast: file(() => `${received.multicast}\n`),
  ...Object.fromEntries((['bytes', 'packets', 'errors', 'dropped'] as const).flatMap((what) => [[`rx_${what}`, file(() => `${received[what]}\n`)], [`tx_${what}`, file(() => `${sent[what]}\n`)]])),
})

/** One queue each way; a device that could have several tells more of its own. */
function queues({ kind }: Device): Names {
  const several = kind === 'veth' ? value(0) : failing('ENOENT')
  return {
    'rx-0': dir(() => ({ rps_cpus: value(0, RW), rps_flow_cnt: value(0, RW) })),
    'tx-0': dir(() => ({ traffic_class: several, tx_maxrate: value(0, RW), tx_timeout: value(0), xps_cpus: several, xps_rxqs: value(0, RW) })),
  }
}

const power = (): Names => ({
  autosuspend_delay_ms: failing('EIO', RW), control: value('auto', RW), runtime_active_time: value(0), runtime_status: value('unsupported'), runtime_suspended_time: value(0),
})

function filesOf(device: Device, virtio: string | undefined): Names {
  return {
    addr_assign_type: file(() => `${addressAssigned(device)}\n`), addr_len: value(6), address: file(() => `${device.mac}\n`), broadcast: file(() => `${device.broadcast}\n`),
    carrier: whileUp(device, () => (device.carrier ? 1 : 0), RW), dev_id: value('0x0'), dev_port: value(0), ...(virtio ? { device: link(`../../../${virtio}`) } : {}), dormant: whileUp(device, () => 0),
    duplex: whileUp(device, () => (speedOf(device) > 0 && device instanceof Veth ? 'full' : 'unknown')), flags: file(() => `0x${flagsOf(device).toString(16)}\n`, RW), gro_flush_timeout: value(0, RW),
    ifalias: file(() => (device.alias ? `${device.alias}\n` : ''), RW), ifindex: file(() => `${device.ifindex}\n`), iflink: file(() => `${(device.lower ?? device).ifindex}\n`), link_mode: value(0),
    mtu: file(() => `${device.mtu}\n`, RW), name_assign_type: file(() => `${nameAssigned(device)}\n`), napi_defer_hard_irqs: value(0, RW), netdev_group: value(0, RW), operstate: file(() => `${device.operstate.toLowerCase()}\n`),
    ...(virtio ? { phys_port_name: failing('EOPNOTSUPP') } : {}), power: dir(power), proto_down: value(0, RW), queues: dir(() => queues(device)), speed: whileUp(device, () => speedOf(device)), statistics: dir(() => statistics(device)),
    subsystem: link(virtio ? '../../../../../../class/net' : '../../../../class/net'), testing: whileUp(device, () => 0), threaded: value(0, RW), tx_queue_len: file(() => `${device.txqlen}\n`, RW),
    type: value(device.kind === 'loopback' ? TYPE.loopback : TYPE.ether), uevent: file(() => `${device.kind === 'bridge' ? 'DEVTYPE=bridge\n' : ''}INTERFACE=${device.name}\nIFINDEX=${device.ifindex}\n`, RW),
  }
}

/** `virtio`: the function of a card. */
export function deviceDirectory(device: Device, virtio: string | undefined): Make {
  const fixed = { ...filesOf(device, virtio), ...(device instanceof Bridge ? { bridge: dir(() => bridgeFiles(device)) } : {}) }
  const asPort = dir(() => portFiles(device))
  const ports = device instanceof Bridge ? listing(() => Object.fromEntries(device.ports.map(({ name }) => [name, link(`../../${name}/brport`)]))) : undefined
  return listing(() => {
    const { master } = device
    return {
      ...fixed,
      ...(master ? { brport: asPort, master: link(`../${master.name}`), [`upper_${master.name}`]: link(`../${master.name}`) } : {}),
      ...(device instanceof Bridge && ports ? { brif: ports, ...Object.fromEntries(device.ports.map(({ name }) => [`lower_${name}`, link(`../${name}`)])) } : {}),
    }
  })
}
