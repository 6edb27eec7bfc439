/** The interrupts of the virtual machine that the node is: its serial line and its virtio devices. */
export interface Irq {
  readonly irq: number
  /** The processor that serves it. */
  readonly cpu: number
  /** Controller and line, as wide as they are shown. */
  readonly controller: string
  /** Its device. */
  readonly name: string
}

export const IRQS: readonly Irq[] = [
  { irq: 24, cpu: 0, controller: '  IO-APIC   5-edge      ', name: 'ACPI:Ged' },
  { irq: 25, cpu: 1, controller: '  IO-APIC   6-edge      ', name: 'ACPI:Ged' },
  { irq: 26, cpu: 1, controller: '  IO-APIC   4-edge      ', name: 'ttyS0' },
  { irq: 28, cpu: 1, controller: ' PCI-MSIX-0000:00:01.0   0-edge      ', name: 'virtio0-config' },
  { irq: 29, cpu: 1, controller: ' PCI-MSIX-0000:00:01.0   1-edge      ', name: 'virtio0-inflate' },
  { irq: 30, cpu: 1, controller: ' PCI-MSIX-0000:00:01.0   2-edge      ', name: 'virtio0-deflate' },
  { irq: 31, cpu: 1, controller: ' PCI-MSIX-0000:00:01.0   3-edge      ', name: 'virtio0-stats' },
  { irq: 32, cpu: 0, controller: ' PCI-MSIX-0000:00:01.0   4-edge      ', name: 'virtio0-reporting_vq' },
  { irq: 33, cpu: 1, controller: ' PCI-MSIX-0000:00:05.0   0-edge      ', name: 'virtio4-config' },
  { irq: 34, cpu: 0, controller: ' PCI-MSIX-0000:00:05.0   1-edge      ', name: 'virtio4-input' },
  { irq: 35, cpu: 1, controller: ' PCI-MSIX-0000:00:02.0   0-edge      ', name: 'virtio1-config' },
  { irq: 36, cpu: 1, controller: ' PCI-MSIX-0000:00:02.0   1-edge      ', name: 'virtio1-req.0' },
  { irq: 37, cpu: 1, controller: ' PCI-MSIX-0000:00:03.0   0-edge      ', name: 'virtio2-config' },
  { irq: 38, cpu: 1, controller: ' PCI-MSIX-0000:00:03.0   1-edge      ', name: 'virtio2-input.0' },
  { irq: 39, cpu: 0, controller: ' PCI-MSIX-0000:00:03.0   2-edge      ', name: 'virtio2-output.0' },
  { irq: 40, cpu: 1, controller: ' PCI-MSIX-0000:00:04.0   0-edge      ', name: 'virtio3-config' },
  { irq: 41, cpu: 0, controller: ' PCI-MSIX-0000:00:04.0   1-edge      ', name: 'virtio3-rx' },
  { irq: 42, cpu: 1, controller: ' PCI-MSIX-0000:00:04.0   2-edge      ', name: 'virtio3-tx' },
  { irq: 43, cpu: 0, controller: ' PCI-MSIX-0000:00:04.0   3-edge      ', name: 'virtio3-event' },
]
