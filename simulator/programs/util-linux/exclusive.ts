/** Options that exclude each other, as util-linux words it (include/optutils.h). */
import type { Io } from '../program'
import type { Options } from '../options/parse'

/** Ends the program when two of a group were given. Names are the long ones. */
export function refuseTogether(io: Io, options: Options, groups: readonly (readonly string[])[]): void {
  for (const group of groups) {
    const given = options.given.map((g) => g.name).filter((name) => group.includes(name))
    const [first] = given
    if (first === undefined || given.every((name) => name === first)) continue
    io.err(`${io.name}: mutually exclusive arguments:${group.map((name) => ` --${name}`).join('')}\n`)
    io.exit(1)
  }
}
