/** /proc/bus: the machine's PCI devices, and input devices, of which it has none (drivers/pci/proc.c). */
import { folder, systemFile } from '../entry'

/** Device and function; vendor and device; the address of its registers. */
const PCI: readonly (readonly [place: string, id: string, address: string | null])[] = [
  ['00.0', '80860d57', null], ['01.0', '1af41045', '4000000004'], ['02.0', '1af41042', '4000080004'], ['03.0', '1af41041', '4000100004'], ['04.0', '1af41053', '4000180004'], ['05.0', '1af41044', '4000200004'],
]
const NONE = ['0', '0', '0', '0', '0', '0']
const cell = (text: string): string => `\t${text.padStart(16)}`

function row([place, id, address]: (typeof PCI)[number]): string {
  const number = Number.parseInt(place.slice(0, 2), 16) * 8 + Number(place.slice(3))
  return `${number.toString(16).padStart(4, '0')}\t${id}\t0${[address ?? '0', ...NONE, address ? '80000' : '0', ...NONE].map(cell).join('')}\t${address ? 'virtio-pci' : ''}\n`
}

export default folder({
  input: folder({ devices: systemFile(() => ''), handlers: systemFile(() => 'N: Number=0 Name=kbd\nN: Number=1 Name=evdev Minor=64\n') }),
  pci: folder({ '00': folder(Object.fromEntries(PCI.map(([place]) => [place, systemFile(() => '', { mode: 0o644 })]))), devices: systemFile(() => PCI.map(row).join('')) }),
})
