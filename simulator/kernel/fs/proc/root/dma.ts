/** /proc/dma: channels of the old DMA controller (kernel/dma.c). */
import { systemFile } from '../entry'

export default systemFile(() => ' 4: cascade\n')
