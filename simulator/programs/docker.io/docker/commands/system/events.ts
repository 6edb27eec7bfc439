/** docker events (cli/command/system/events.go). */
import type { EventMessage } from '../../../../../docker/types'
import { command, filtersOf } from '../../command'
import { momentOf } from '../../moments'
import { execute, TemplateError } from '../../../../go/template/execute'
import { FUNCTIONS } from '../../templates'
import { marshalLine } from '../../../../go/json'
import { Refused } from '../../command'

const NS = 1_000_000_000n

export default command({
  flags: ['filter', 'format', 'since', 'until'],
  *run(context) {
    const { io, flags } = context
    const [since, until] = [flags.text('since'), flags.text('until')]
    const filters = filtersOf(context)
    const stream = yield* context.call((docker) =>
      docker.system.events({ filters, ...(since === undefined ? {} : { since: momentOf(io.sys, since, 'since') }), ...(until === undefined ? {} : { until: momentOf(io.sys, until, 'until') }) }),
    )
    const template = flags.text('format')
    for (;;) {
      const event = yield* context.call(() => stream.next())
      if (event === null) return
      io.out(template === undefined ? plain(event) : shaped(template, event))
      yield* io.flush()
    }
  },
})

const attributesOf = ({ Actor }: EventMessage): [string, string][] => Object.entries(Actor.Attributes).sort(([a], [b]) => (a < b ? -1 : 1))

function plain(event: EventMessage): string {
  const { Type, Action, Actor, timeNano } = event
  const time = `${new Date(Number(timeNano / 1_000_000n)).toISOString().slice(0, 19)}.${String(timeNano % NS).padStart(9, '0')}+00:00`
  const attributes = attributesOf(event)
  return `${time.replace('+00:00', 'Z')} ${Type} ${Action} ${Actor.ID}${attributes.length > 0 ? ` (${attributes.map(([key, value]) => `${key}=${value}`).join(', ')})` : ''}\n`
}

/** Fields of a message of a container or an image have names of older days too. */
function messageOf(event: EventMessage): object {
  const { Type, Action, Actor, scope, timeNano } = event
  const older = Type === 'container' || Type === 'image' ? { status: Action, id: Actor.ID, ...(Actor.Attributes.image === undefined ? {} : { from: Actor.Attributes.image }) } : {}
  return { ...older, Type, Action, Actor: { ID: Actor.ID, Attributes: Object.fromEntries(attributesOf(event)) }, scope, time: timeNano / NS, timeNano }
}

function shaped(template: string, event: EventMessage): string {
  if (template === '{{json .}}') return `${marshalLine(messageOf(event))}\n`
  const { Type, Action, Actor, scope, timeNano } = event
  const fields = { Status: Action, ID: Actor.ID, From: Actor.Attributes.image ?? '', Type, Action, Actor, Scope: scope, Time: timeNano / NS, TimeNano: timeNano }
  try {
    return `${execute(template.replaceAll('\\t', '\t').replaceAll('\\n', '\n'), fields, { name: '', functions: FUNCTIONS, missingKey: 'error', numbers: 'json.Number' })}\n`
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw new Refused(error.stage === 'parse' ? `Error parsing format: ${error.message}` : error.message.replace(/map has no entry for key "(.*)"$/, (_, name: string) => `can't evaluate field ${name} in type *events.Message`), error.stage === 'parse' ? 64 : 1)
  }
}

