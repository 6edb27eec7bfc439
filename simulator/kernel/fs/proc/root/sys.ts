/** /proc/sys: the files of ../sys, by their place: sys/kernel.ts is /proc/sys/kernel (sysctl(8)). */
import { type Entry, folder } from '../entry'

const MODULES = import.meta.glob<Entry<null>>('../sys/*.ts', { eager: true, import: 'default' })

export default folder(Object.fromEntries(Object.entries(MODULES).map(([path, entry]) => [path.slice(path.lastIndexOf('/') + 1, -3), entry])))
