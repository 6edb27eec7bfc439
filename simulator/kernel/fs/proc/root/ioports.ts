/** /proc/ioports: the machine's ports (kernel/resource.c). Who may not see addresses sees zeros. */
import { capable } from '../../../credentials'
import { systemFile } from '../entry'

const MAP = `
0000-0cf7 : PCI Bus 0000:00
  0000-001f : dma1
  0020-0021 : pic1
  0040-0043 : timer0
  0050-0053 : timer1
  0060-0060 : keyboard
  0064-0064 : keyboard
  0070-0071 : rtc_cmos
  0080-008f : dma page reg
  00a0-00a1 : pic2
  00c0-00df : dma2
  00f0-00ff : fpu
  03f8-03ff : serial
0cf8-0cff : PCI conf1
0d00-ffff : PCI Bus 0000:00
`.slice(1)

export default systemFile(({ viewer }) => (capable(viewer.credentials, 'CAP_SYS_ADMIN') ? MAP : MAP.replace(/^( *)[\da-f]+-[\da-f]+/gm, '$10000-0000')))
