/** The applets that are simulated, by name: those of `applets/NAME.ts` and those that are the node's programs (shared.ts). */
import type { Applet } from './applet'
import { sharedApplet } from './shared'

const MODULES = import.meta.glob<{ default: Applet }>('./applets/*.ts', { eager: true })
/** Names that are no file names here. */
const ALIASES: Readonly<Record<string, string>> = { '[': 'test', '[[': 'test', ash: 'sh', egrep: 'grep', fgrep: 'grep' }

/** Looked up late: `sh` is an applet that knows the others. */
export function appletNamed(given: string): Applet | undefined {
  const name = ALIASES[given] ?? given
  return MODULES[`./applets/${name}.ts`]?.default ?? sharedApplet(name)
}
