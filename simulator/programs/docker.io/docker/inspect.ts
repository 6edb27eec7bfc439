/** What the commands named inspect share (cli/command/inspect): objects one after the other, as JSON or by a template. */
import { EngineError, type Shown } from '../../../docker/services'
import type { Run } from '../../../kernel/run'
import { MARSHAL, marshal } from '../../go/json'
import { type Context, fromDaemon, Refused } from './command'
import { inspected } from './templates'

/** Those that are there are shown, then what is wrong with the first that is not. */
export function* inspectAll({ io, flags, args }: Context, one: (name: string) => Run<Shown>): Run<number> {
  const template = flags.text('format') ?? ''
  const found: Shown[] = []
  const errors: string[] = []
  let out = ''
  for (const name of args) {
    try {
      const object = yield* one(name)
      if (template === '') found.push(object)
      else out += inspected(template, object)
    } catch (error) {
      if (error instanceof Refused && error.code !== 1) throw error
      if (error instanceof Refused) errors.push(error.message)
      else if (error instanceof EngineError) errors.push(fromDaemon(error))
      else throw error
      if (error instanceof Refused && error.message.startsWith('template')) break
    }
  }
  if (template === '') io.out(`${marshal(found, { ...MARSHAL, html: 'plain' })}\n`)
  else io.out(out === '' && errors.length > 0 ? '\n' : out)
  if (errors.length === 0) return 0
  io.err(`${errors.join('\n')}\n`)
  return 1
}
