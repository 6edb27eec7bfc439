/** Where the machine's devices lie: virtio functions of one PCI bus, as /proc/bus/pci lists them, and what has no hardware at all. */

export const VIRTUAL = 'devices/virtual'
export const DISK_PLACE = { pci: '0000:00:02.0', virtio: 'virtio1' } as const
/** The first card, and those that come after the other functions. */
export const cardPlace = (index: number): { readonly pci: string; readonly virtio: string } => {
  const slot = index === 0 ? 3 : 5 + index
  return { pci: `0000:00:${slot.toString(16).padStart(2, '0')}.0`, virtio: `virtio${slot - 1}` }
}
