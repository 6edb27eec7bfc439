/** Options that exclude each other, as util-linux words it (include/optutils.h). */
import type { Given } from '../options/parse'

/** What is to be said when an option comes after another one of its group. Names are the long ones. */
export function excluded(option: Given, before: readonly Given[], groups: readonly (readonly string[])[]): string | undefined {
  const group = groups.find((names) => names.includes(option.name) && before.some((b) => b.name !== option.name && names.includes(b.name)))
  return group && `mutually exclusive arguments:${group.map((name) => ` --${name}`).join('')}`
}
