/** crictl events: stream the events of containers, as crictl 1.29.0 has it. The stream is not simulated. */
import { command } from '../../../urfave/command'
import { Failure } from '../../../urfave/context'
import { string } from '../../../urfave/flag'

const FORMATS = ['json', 'yaml', 'go-template']

export default command({
  name: 'events',
  aliases: ['event'],
  usage: 'Stream the events of containers',
  flags: [
    string('output, o', 'Output format, One of: json|yaml|go-template', { value: 'json' }),
    string('template', 'The template string is only used when output is go-template; The Template format is golang template'),
  ],
  *run(context) {
    const format = context.string('output')
    if (!FORMATS.includes(format)) throw new Failure(`don't support "${format}" format`)
    return context.refuse('events')
  },
})
