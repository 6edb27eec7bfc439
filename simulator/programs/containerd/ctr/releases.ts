/**
 * How ctr of containerd 1.7 and later differs from that of 1.6: usages begin with a capital, and there are three commands more (read in
 * containerd's sources at v1.7.28 and v2.2.0, cmd/ctr). Flags that are new there are left out.
 */
import type { Node } from '../../urfave/command'
import type { Flag } from '../../urfave/flag'

export const NEWER_COMMANDS = ['sandboxes', 'info', 'deprecations']

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
/** Not touched when the others were. */
const KEPT = ["output format to use (Examples: 'default', 'json')"]

export const newerFlag = (flag: Flag): Flag => (KEPT.includes(flag.usage) ? flag : { ...flag, usage: capital(flag.usage) })

export function newerNode({ spec, children }: Node): Node {
  const words = { usage: capital(spec.usage), ...(spec.flags ? { flags: spec.flags.map(newerFlag) } : {}) }
  return { spec: { ...spec, ...words }, children: children.map(newerNode) }
}
