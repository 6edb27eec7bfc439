/** ctr tasks metrics: get a single data point of metrics for a task with the built-in Linux runtime, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { string } from '../../../../urfave/flag'
import { connect, loadTask } from '../../client'
import { Failure } from '../../../../urfave/context'
import { metricsJson, metricsTable } from '../../metrics'
import { MARSHAL, marshal } from '../../../../go/json'

export default command({
  name: 'metrics',
  aliases: ['metric'],
  usage: 'get a single data point of metrics for a task with the built-in Linux runtime',
  args: 'CONTAINER',
  flags: [
    string('format', '"table" or "json"', { value: 'table' }),
  ],
  *run(context) {
    const id = context.arg(0)
    const client = yield* connect(context)
    yield* loadTask(client, id)
    const metrics = yield* client.call((s, ns) => s.tasks.metrics(ns, id))
    switch (context.string('format')) {
      case 'table': return context.io.out(metricsTable(metrics))
      case 'json':
        if (metrics.unified) return context.refuse('tasks metrics --format json')
        return context.io.out(`${marshal(metricsJson(metrics), { ...MARSHAL, indent: '  ' })}\n`)
      default: throw new Failure('format must be table or json')
    }
  },
})
