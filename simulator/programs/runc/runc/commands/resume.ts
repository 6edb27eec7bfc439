/** runc resume: resumes all processes that have been previously paused (runc 1.1.5 pause.go, runc-resume(8)). */
import { command } from '../../../urfave/command'
import { resume } from '../../../../containerd/runc/index'
import { checkArguments, rootOf } from '../arguments'
import { idOf } from '../container'

export default () => command({
  name: 'resume',
  usage: 'resumes all processes that have been previously paused',
  args: `<container-id>

Where "<container-id>" is the name for the instance of the container to be
resumed.`,
  description: `The resume command resumes all processes in the instance of the container.

Use runc list to identify instances of containers and their current status.`,
  *run(context) {
    checkArguments(context, { exactly: 1 })
    yield* resume(context.sys, rootOf(context), yield* idOf(context))
  },
})
