/** One applet with its arguments: `--help`, what is not simulated, what is unknown (libbb/appletlib.c). */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { finish, Io } from '../program'
import { BANNER, Usage } from './applet'
import { NAMES } from './names'
import { appletNamed } from './table'
import { usageOf } from './usage'

const WITHOUT_HELP = new Set(['true', 'false', 'echo', 'test', '[', '[['])

export function* runApplet(sys: Sys, name: string, args: readonly string[]): Run<number> {
  const io = new Io(sys)
  // Its name and arguments may stand elsewhere than in argv: `busybox ls -l`, or a shell that runs it in its own process.
  Object.defineProperties(io, { name: { value: name }, args: { value: args } })
  const known = NAMES.includes(name)
  const applet = known ? appletNamed(name) : undefined
  const asked = args.length === 1 && args[0] === '--help' && !WITHOUT_HELP.has(name)
  if (applet === undefined && !(known && asked)) {
    io.err(known ? `${name}: not simulated in this lab\n` : `${name}: applet not found\n`)
    yield* io.flush()
    return known ? 125 : 127
  }
  if (applet === undefined || asked) {
    io.err(`${BANNER}\n\n${yield* usageOf(name)}`)
    yield* io.flush()
    return 0
  }
  return yield* finish(io, explained(io, applet(io)))
}

/** A wrong call is answered with the usage of its applet. */
function* explained(io: Io, run: Run<number | void>): Run<number | void> {
  try {
    return yield* run
  } catch (thrown) {
    if (thrown instanceof Usage) io.err(`${BANNER}\n\n${yield* usageOf(thrown.applet)}`)
    throw thrown
  }
}
