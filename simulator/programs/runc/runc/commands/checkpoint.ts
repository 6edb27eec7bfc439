/** runc checkpoint: checkpoint a running container (runc 1.1.5 checkpoint.go, runc-checkpoint(8)). */
import { command } from '../../../urfave/command'
import { bool, int, string, strings } from '../../../urfave/flag'
import { RuncError, stateAndStatus } from '../../../../containerd/runc/index'
import { checkArguments, rootOf } from '../arguments'
import { idOf } from '../container'
import { askCriu, checkEmptyNamespaces, checkModes, prepareImages } from '../criu'
import { report } from '../log'

export default () => command({
  name: 'checkpoint',
  usage: 'checkpoint a running container',
  args: `<container-id>

Where "<container-id>" is the name for the instance of the container to be
checkpointed.`,
  description: 'The checkpoint command saves the state of the container instance.',
  flags: [
    string('image-path', 'path for saving criu image files'),
    string('work-path', 'path for saving work files and logs'),
    string('parent-path', 'path for previous criu image files in pre-dump'),
    bool('leave-running', 'leave the process running after checkpointing'),
    bool('tcp-established', 'allow open tcp connections'),
    bool('ext-unix-sk', 'allow external unix sockets'),
    bool('shell-job', 'allow shell jobs'),
    bool('lazy-pages', 'use userfaultfd to lazily restore memory pages'),
    int('status-fd', 'criu writes \\0 to this FD once lazy-pages is ready', { value: '-1' }),
    string('page-server', 'ADDRESS:PORT of the page server'),
    bool('file-locks', 'handle file locks, for safety'),
    bool('pre-dump', "dump container's memory information only, leave the container running after this"),
    string('manage-cgroups-mode', "cgroups mode: 'soft' (default), 'full' and 'strict'"),
    strings('empty-ns', "create a namespace, but don't restore its properties"),
    bool('auto-dedup', 'enable auto deduplication of memory images'),
  ],
  *run(context) {
    checkArguments(context, { exactly: 1 })
    const { status } = yield* stateAndStatus(context.sys, rootOf(context), yield* idOf(context))
    if (status === 'created' || status === 'stopped') throw new RuncError(`Container cannot be checkpointed in ${status} state`)
    prepareImages(context)
    checkModes(context)
    try {
      checkEmptyNamespaces(context)
      askCriu(context, 'checkpoint')
    } catch (error) {
      // What was to end with its checkpoint is destroyed, or it would be; it runs on.
      if (error instanceof RuncError && !context.bool('leave-running') && !context.bool('pre-dump')) yield* report(context, { level: 'error', message: 'container still running', by: 'destroy' })
      throw error
    }
  },
})
