/**
 * sysfs(5), the part that programs here look at: the devices of the network namespace it was mounted for, disks and processors, the mount
 * point for control groups, and the directories that runc and containerd expect.
 */
import type { Kernel } from '../../kernel'
import type { NetNamespace } from '../../net/namespace'
import { FileSystem } from '../../vfs/filesystem'
import type { Attributes } from '../../vfs/inode'
import { machineOf } from '../proc/machine'
import { blockLinks, disk, loops } from './block'
import { DISK_PLACE } from './hardware'
import { dir, file, listing, type Make, type Names, SysDirectory, value } from './inodes'
import { cardDevices, cardPlaces, netLinks, virtualDevices } from './net'

export class SysFs extends FileSystem {
  readonly type = 'sysfs'
  readonly kernel: Kernel
  readonly root: SysDirectory
  readonly born: Attributes['mtime']
  constructor(kernel: Kernel, net: NetNamespace, access: 'rw' | 'ro', dev = kernel.anonymousDevice()) {
    super(dev)
    this.kernel = kernel
    this.options = access
    this.born = kernel.clock.realtime()
    let names: Names | undefined
    this.root = new SysDirectory(this, () => (names ??= top(kernel, net)), 0o555)
  }
}

const top = (kernel: Kernel, net: NetNamespace): Names => ({
  block: dir(() => blockLinks('../')), bus: dir(), class: dir(() => ({ block: dir(() => blockLinks('../../')), net: netLinks(net) })), dev: dir(),
  devices: dir(() => ({ 'pci0000:00': pci(net), system: dir(() => ({ cpu: dir(() => processors(kernel)) })), virtual: dir(() => ({ block: dir(loops), net: virtualDevices(net) })) })),
  firmware: dir(), fs: dir(() => ({ bpf: dir(), cgroup: dir(), ext4: dir() })), kernel: dir(() => ({ mm: dir(), security: dir() })), module: dir(), power: dir(),
})

/** The disk's function, and those of the cards; a card is seen by its own namespace alone. */
function pci(net: NetNamespace): Make {
  const known = new Map<string, Make>()
  const card = (virtio: string): Make => {
    const made = known.get(virtio) ?? dir(() => ({ [virtio]: dir(() => ({ net: cardDevices(net, virtio) })) }))
    known.set(virtio, made)
    return made
  }
  const ofDisk = dir(() => ({ [DISK_PLACE.virtio]: dir(() => ({ block: dir(disk) })) }))
  return listing(() => ({ [DISK_PLACE.pci]: ofDisk, ...Object.fromEntries(cardPlaces(net).map((place) => [place.pci, card(place.virtio)])) }))
}

/** Which processors there are (ABI/testing/sysfs-devices-system-cpu). */
function processors(kernel: Kernel): Names {
  const list = file(() => (machineOf(kernel).cpus > 1 ? `0-${machineOf(kernel).cpus - 1}\n` : '0\n'))
  return { online: list, possible: list, present: list, offline: value(''), kernel_max: value(8191), isolated: value('') }
}
