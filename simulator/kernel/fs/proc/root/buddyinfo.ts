/** /proc/buddyinfo: free blocks of each zone by their size (mm/vmstat.c). */
import { systemFile } from '../entry'
import { blocksOf, pagesOf, zonesOf } from '../memory-pages'

export default systemFile(({ kernel }) => zonesOf(pagesOf(kernel)).map(({ name, free }) => `Node 0, zone ${name.padStart(8)} ${blocksOf(free).map((n) => `${String(n).padStart(6)} `).join('')}\n`).join(''))
