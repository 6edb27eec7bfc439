/** /proc/sys: the files of ../sys, by their place: sys/kernel.ts is /proc/sys/kernel (sysctl(8)). */
import { type Entry, folder } from '../entry'

const MODULES = import.meta.glob<{ readonly default: Entry<null> }>('../sys/*.ts', { eager: true })

export default { ...folder(Object.fromEntries(Object.entries(MODULES).map(([path, module]) => [path.slice(path.lastIndexOf('/') + 1, -3), module.default]))), links: 1 }
