/**
 * Commands of which the lab has only the questions: they refuse what the real ones refuse before they do anything, ask for the objects, and say that the rest is
 * not simulated.
 */
import { command, type Context, type KubectlCommand } from './command'
import { NotHere } from './refused'
import { eachFound, mustBeNamed, targetsOf } from './targets'

/** A command that works on objects that words name. `check` refuses words. */
export const onlyAsked = (name: string, flags: readonly string[], check: (context: Context) => void): KubectlCommand =>
  command({
    flags: ['filename', 'all', 'selector', ...flags],
    *run(context) {
      check(context)
      const targets = yield* targetsOf(context, context.flags.args)
      mustBeNamed(context, targets)
      return yield* eachFound(context, targets, function* ({ resource }) {
        throw new NotHere(`kubectl ${name}: not simulated in this lab: ${resource.plural}`)
      })
    },
  })
