/**
 * Network devices: where they lie in the tree, and what leads to them.
 * ABI/testing/sysfs-class-net; compared with Linux 6.18 for a loopback, a veth pair, a bridge and a virtio card.
 */
import { type Device, EthernetDevice } from '../../net/device'
import type { NetNamespace } from '../../net/namespace'
import { cardPlace, VIRTUAL } from './hardware'
import { link, listing, type Make, type Names } from './inodes'
import { deviceDirectory } from './net-device'

const all = (net: NetNamespace): Device[] => [...net.devices.values()]
const cards = (net: NetNamespace): Device[] => all(net).filter((d) => d instanceof EthernetDevice)

/** A device's virtio function; undefined where there is no hardware. */
const functionOf = (device: Device) => (device instanceof EthernetDevice ? cardPlace(cards(device.namespace).indexOf(device)) : undefined)

function placeOf(device: Device): string {
  const card = functionOf(device)
  return `${card ? `devices/pci0000:00/${card.pci}/${card.virtio}` : VIRTUAL}/net/${device.name}`
}

const DIRECTORIES = new WeakMap<Device, Make>()
function directoryOf(device: Device): Make {
  let made = DIRECTORIES.get(device)
  if (!made) {
    made = deviceDirectory(device, functionOf(device)?.virtio)
    DIRECTORIES.set(device, made)
  }
  return made
}

const directories = (devices: readonly Device[]): Names => Object.fromEntries(devices.map((d) => [d.name, directoryOf(d)]))

/** /sys/class/net. */
export const netLinks = (net: NetNamespace): Make => listing(() => Object.fromEntries(all(net).map((d) => [d.name, link(`../../${placeOf(d)}`)])))

/** /sys/devices/virtual/net. */
export const virtualDevices = (net: NetNamespace): Make => listing(() => directories(all(net).filter((d) => !functionOf(d))))

/** The `net` of a virtio function. */
export const cardDevices = (net: NetNamespace, virtio: string): Make => listing(() => directories(cards(net).filter((d) => functionOf(d)?.virtio === virtio)))

/** The functions that are cards of a namespace. */
export const cardPlaces = (net: NetNamespace) => cards(net).map((_, index) => cardPlace(index))
