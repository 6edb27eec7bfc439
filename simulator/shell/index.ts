/**
 * bash 5.2.15 as the node's shell. Two doors:
 *
 * - `bashMain(sys)`: what `/usr/bin/bash` runs: reads argv (`-c`, `-s`, FILE, `-i`, `-l`, `+/-o`, `--norc`, `--posix`, …) and the
 *   environment, returns the exit status. `dashMain(sys)` is `/bin/sh`. A login shell on a terminal is a task that has execed
 *   /bin/bash with argv[0] `-bash`.
 * - `Shell`: the interpreter inside a task, for a host that types for it (the headless node, checks of lessons):
 *     const shell = new Shell(sys, { name: '-bash', login: 'login', mode: 'typed' })
 *     yield* shell.start()               // job control if fd 0 is a terminal; /etc/profile, ~/.bash_profile …
 *     const status = yield* shell.execute('ps -ef | grep 1')   // as if typed: aliases hold, $? is kept, errors start `-bash: `
 *     shell.exited                       // the status once `exit` was executed, else undefined
 *     yield* shell.notify()              // optional: what bash prints before a prompt (`[1]+  Done …`), on stderr
 *     shell.complete()                   // coroutine: EXIT trap, SIGHUP to stopped jobs, gives the status
 *   Output goes to descriptors 1 and 2 as they are at the time: the host may `dup2` files over them around each `execute`.
 *   `shell.interrupt()` is what SIGINT does; the task's own SIGINT handler calls it in the modes `typed` and `prompt`.
 *   Mode `prompt` is bashMain's own interactive loop (readline); `script` a shell that is not interactive.
 */
export { Shell, type ShellOptions, type Standalone } from './shell'
export { ashMain, bashMain, dashMain } from './main'
