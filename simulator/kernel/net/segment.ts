/** A wire between machines: every Ethernet device plugged into it hears the others. */
import type { EthernetDevice } from './device'

export class EthernetSegment {
  readonly name: string
  private readonly plugged = new Set<EthernetDevice>()
  constructor(name: string) {
    this.name = name
  }
  plug(device: EthernetDevice): void {
    this.plugged.add(device)
  }
  unplug(device: EthernetDevice): void {
    this.plugged.delete(device)
  }
  others(than: EthernetDevice): EthernetDevice[] {
    return [...this.plugged].filter((device) => device !== than)
  }
}
