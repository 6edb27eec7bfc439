/** The applets that are simulated, by name: those of `applets/NAME.ts` and those that are the node's programs (shared.ts). */
import type { Applet } from './applet'
import { SHARED } from './shared'

const MODULES = import.meta.glob<{ default: Applet }>('./applets/*.ts', { eager: true })
let table: ReadonlyMap<string, Applet> | undefined
/** Names that are no file names here. */
const ALIASES: Readonly<Record<string, string>> = { '[': 'test', '[[': 'test', ash: 'sh', egrep: 'grep', fgrep: 'grep' }

/** Looked up late: `sh` is an applet that knows the others. */
export function appletNamed(name: string): Applet | undefined {
  table ??= new Map([...Object.entries(SHARED), ...Object.entries(MODULES).map(([file, module]): [string, Applet] => [file.replace(/^.*\/|\.ts$/g, ''), module.default])])
  return table.get(ALIASES[name] ?? name)
}
