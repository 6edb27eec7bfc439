/** Asks before something is removed (cli/command/utils.go PromptForConfirmation). */
import { decode } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import type { Context } from './command'

export function* confirmed({ io, flags }: Context, warning: string): Run<boolean> {
  if (flags.is('force')) return true
  io.out(`WARNING! ${warning}\nAre you sure you want to continue? [y/N] `)
  yield* io.flush()
  let answer = ''
  while (!answer.includes('\n')) {
    const part = yield* io.sys.read(0, 128)
    if (part.length === 0) break
    answer += decode(part)
  }
  return /^y\s*$/i.test(answer.split('\n')[0] ?? '')
}
