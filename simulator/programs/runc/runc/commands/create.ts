/** runc create: create a container (runc 1.1.5 create.go, runc-create(8)). */
import { command } from '../../../urfave/command'
import { bool, int, string } from '../../../urfave/flag'
import { create } from '../../../../containerd/runc/index'
import type { Context } from '../../../urfave/context'
import type { Run } from '../../../../kernel/run'
import { checkArguments } from '../arguments'
import { attempted, creation } from '../creation'

function* createContainer(context: Context): Run {
  yield* create(context.sys, creation(context, { kind: 'nobody' }))
}

export default () => command({
  name: 'create',
  usage: 'create a container',
  args: `<container-id>

Where "<container-id>" is your name for the instance of the container that you
are starting. The name you provide for the container instance must be unique on
your host.`,
  description: `The create command creates an instance of a container for a bundle. The bundle
is a directory with a specification file named "config.json" and a root
filesystem.

The specification file includes an args parameter. The args parameter is used
to specify command(s) that get run when the container is started. To change the
command(s) that get executed on start, edit the args parameter of the spec. See
"runc spec --help" for more explanation.`,
  flags: [
    string('bundle, b', 'path to the root of the bundle directory, defaults to the current directory'),
    string('console-socket', "path to an AF_UNIX socket which will receive a file descriptor referencing the master end of the console's pseudoterminal"),
    string('pid-file', 'specify the file to write the process id to'),
    bool('no-pivot', 'do not use pivot root to jail process inside rootfs.  This should be used whenever the rootfs is on top of a ramdisk'),
    bool('no-new-keyring', 'do not create a new session keyring for the container.  This will cause the container to inherit the calling processes session key'),
    int('preserve-fds', 'Pass N additional file descriptors to the container (stdio + $LISTEN_FDS + N in total)'),
  ],
  *run(context) {
    checkArguments(context, { exactly: 1 })
    yield* attempted('runc create failed: ', createContainer(context))
  },
})
