/** runc exec: execute new process inside the container (runc 1.1.5 exec.go, runc-exec(8)). */
import { command } from '../../../urfave/command'
import { bool, int, ints, string, strings } from '../../../urfave/flag'
import { checkArguments } from '../arguments'
import { attempted } from '../creation'
import { execProcess } from '../exec'

export default () => command({
  name: 'exec',
  usage: 'execute new process inside the container',
  args: `<container-id> <command> [command options]  || -p process.json <container-id>

Where "<container-id>" is the name for the instance of the container and
"<command>" is the command to be executed in the container.
"<command>" can't be empty unless a "-p" flag provided.

EXAMPLE:
For example, if the container is configured to run the linux ps command the
following will output a list of processes running in the container:

       # runc exec <container-id> ps`,
  flags: [
    string('console-socket', "path to an AF_UNIX socket which will receive a file descriptor referencing the master end of the console's pseudoterminal"),
    string('cwd', 'current working directory in the container'),
    strings('env, e', 'set environment variables'),
    bool('tty, t', 'allocate a pseudo-TTY'),
    string('user, u', 'UID (format: <uid>[:<gid>])'),
    ints('additional-gids, g', 'additional gids'),
    string('process, p', 'path to the process.json'),
    bool('detach, d', "detach from the container's process"),
    string('pid-file', 'specify the file to write the process id to'),
    string('process-label', 'set the asm process label for the process commonly used with selinux'),
    string('apparmor', 'set the apparmor profile for the process'),
    bool('no-new-privs', 'set the no new privileges value for the process'),
    strings('cap, c', 'add a capability to the bounding set for the process'),
    int('preserve-fds', 'Pass N additional file descriptors to the container (stdio + $LISTEN_FDS + N in total)'),
    strings('cgroup', 'run the process in an (existing) sub-cgroup(s). Format is [<controller>:]<cgroup>.'),
    bool('ignore-paused', 'allow exec in a paused container'),
  ],
  flagsFirst: 'only',
  *run(context) {
    checkArguments(context, { least: 1 })
    return yield* attempted('exec failed: ', execProcess(context), 255)
  },
})
