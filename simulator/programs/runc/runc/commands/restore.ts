/** runc restore: restore a container from a previous checkpoint (runc 1.1.5 restore.go, runc-restore(8)). */
import { command } from '../../../urfave/command'
import { bool, string, strings } from '../../../urfave/flag'
import { exists } from '../../../../containerd/files'
import { RuncError } from '../../../../containerd/runc/index'
import { readSpec } from '../../../../containerd/runc/state'
import { absolute, checkArguments, rootOf } from '../arguments'
import { idOf } from '../container'
import { askCriu, checkEmptyNamespaces, prepareImages } from '../criu'

export default () => command({
  name: 'restore',
  usage: 'restore a container from a previous checkpoint',
  args: `<container-id>

Where "<container-id>" is the name for the instance of the container to be
restored.`,
  description: `Restores the saved state of the container instance that was previously saved
using the runc checkpoint command.`,
  flags: [
    string('console-socket', "path to an AF_UNIX socket which will receive a file descriptor referencing the master end of the console's pseudoterminal"),
    string('image-path', 'path to criu image files for restoring'),
    string('work-path', 'path for saving work files and logs'),
    bool('tcp-established', 'allow open tcp connections'),
    bool('ext-unix-sk', 'allow external unix sockets'),
    bool('shell-job', 'allow shell jobs'),
    bool('file-locks', 'handle file locks, for safety'),
    string('manage-cgroups-mode', "cgroups mode: 'soft' (default), 'full' and 'strict'"),
    string('bundle, b', 'path to the root of the bundle directory'),
    bool('detach, d', "detach from the container's process"),
    string('pid-file', 'specify the file to write the process id to'),
    bool('no-subreaper', 'disable the use of the subreaper used to reap reparented processes'),
    bool('no-pivot', 'do not use pivot root to jail process inside rootfs.  This should be used whenever the rootfs is on top of a ramdisk'),
    strings('empty-ns', "create a namespace, but don't restore its properties"),
    bool('auto-dedup', 'enable auto deduplication of memory images'),
    bool('lazy-pages', 'use userfaultfd to lazily restore memory pages'),
    string('lsm-profile', 'Specify an LSM profile to be used during restore in the form of TYPE:NAME.'),
    string('lsm-mount-context', 'Specify an LSM mount context to be used during restore.'),
  ],
  *run(context) {
    checkArguments(context, { exactly: 1 })
    const id = yield* idOf(context)
    prepareImages(context)
    checkEmptyNamespaces(context)
    const spec = yield* readSpec(context.sys, absolute(context, context.string('bundle') || '.'))
    if (exists(context.sys, `${rootOf(context)}/${id}`)) throw new RuncError('container with given ID already exists')
    if (spec.process?.terminal && !context.bool('detach') && ![0, 1, 2].some((fd) => context.sys.isatty(fd))) throw new RuncError('open /dev/tty: no such device or address')
    askCriu(context, 'restore')
  },
})
