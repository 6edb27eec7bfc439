/** runc ps: ps displays the processes running inside a container (runc 1.1.5 ps.go, runc-ps(8)). */
import { command } from '../../../urfave/command'
import { string } from '../../../urfave/flag'
import { pids, RuncError } from '../../../../containerd/runc/index'
import { checkArguments, rootOf } from '../arguments'
import { idOf } from '../container'
import { showProcesses } from '../processes'

export default () => command({
  name: 'ps',
  usage: 'ps displays the processes running inside a container',
  args: '<container-id> [ps options]',
  flags: [
    string('format, f', 'select one of: table or json', { value: 'table' }),
  ],
  flagsFirst: 'only',
  *run(context) {
    checkArguments(context, { least: 1 })
    const wanted = yield* pids(context.sys, rootOf(context), yield* idOf(context))
    const format = context.string('format')
    if (format === 'json') context.io.out(`${wanted.length === 0 ? 'null' : JSON.stringify(wanted)}\n`)
    else if (format === 'table') yield* showProcesses(context.io, wanted, context.args.slice(1))
    else throw new RuncError('invalid format option')
  },
})
