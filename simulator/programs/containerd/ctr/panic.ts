/**
 * `-t` where standard input is no terminal: console.Current() of containerd/console panics, and Go's runtime prints where it was. Frames as
 * the ctr of Debian 12 has them; of what they show only the pointers into the heap differ from run to run.
 */
import { randomHex } from '../../../containerd/digest'
import type { Sys } from '../../../kernel/sys'
import { type Context, ExitError } from '../../urfave/context'

interface Caller {
  readonly name: string
  readonly at: string
  readonly action: string
  readonly command: string
}

const CALLERS: Readonly<Record<string, Caller>> = {
  run: { name: 'run.glob..func1', at: 'run/run.go:180 +0x3f5', action: '{0x11526c0?, 0x13120a8?}, 0x3?', command: '{{0x12a2cc5, 0x3}, {0x0, 0x0}, {0x0, 0x0, 0x0}, {0x12b3ff8, 0xf}, {0x0, ...}, ...}, ...' },
  exec: { name: 'tasks.glob..func4', at: 'tasks/exec.go:134 +0x80d', action: '{0x11526c0?, 0x1312178?}, 0x4?', command: '{{0x12a33f0, 0x4}, {0x0, 0x0}, {0x0, 0x0, 0x0}, {0x12e366a, 0x35}, {0x0, ...}, ...}, ...' },
  start: { name: 'tasks.glob..func11', at: 'tasks/start.go:86 +0x265', action: '{0x11526c0?, 0x1312158?}, 0x5?', command: '{{0x12a4a25, 0x5}, {0x0, 0x0}, {0x0, 0x0, 0x0}, {0x12d18bd, 0x27}, {0x0, ...}, ...}, ...' },
}
const TASKS = '{{0x12a4a8e, 0x5}, {0x0, 0x0}, {0x19aa8a0, 0x2, 0x2}, {0x12b0665, 0xc}, {0x0, ...}, ...}, ...'
const CLI = 'github.com/urfave/cli'

const pointer = (sys: Sys): string => `0xc000${randomHex(sys, 6)}`

/** Go's status for a panic. */
const PANIC = 2

export function notAConsole({ sys, path }: Context): ExitError {
  const caller = CALLERS[path.at(-1) ?? '']
  const frame = (what: string, where: string): string => `${what}\n\t${where}`
  const frames = caller === undefined ? [] : [
    frame(`github.com/containerd/containerd/cmd/ctr/commands/${caller.name}(${pointer(sys)})`, `github.com/containerd/containerd/cmd/ctr/commands/${caller.at}`),
    frame(`${CLI}.HandleAction(${caller.action})`, `${CLI}/app.go:524 +0x50`),
    frame(`${CLI}.Command.Run(${caller.command})`, `${CLI}/command.go:173 +0x65b`),
    ...(path.length > 2
      ? [
          frame(`${CLI}.(*App).RunAsSubcommand(${pointer(sys)}, ${pointer(sys)})`, `${CLI}/app.go:405 +0x91b`),
          frame(`${CLI}.Command.startApp(${TASKS})`, `${CLI}/command.go:378 +0x6e7`),
          frame(`${CLI}.Command.Run(${TASKS})`, `${CLI}/command.go:102 +0x825`),
        ]
      : []),
    frame(`${CLI}.(*App).Run(${pointer(sys)}, {${pointer(sys)}, 0x${sys.argv.length.toString(16)}, 0x${sys.argv.length.toString(16)}})`, `${CLI}/app.go:277 +0x8a7`),
    frame('main.main()', 'github.com/containerd/containerd/cmd/ctr/main.go:37 +0x125'),
  ]
  const first = frame('github.com/containerd/console.Current()', 'github.com/containerd/console/console.go:77 +0xa5')
  return new ExitError(`panic: provided file is not a console\n\ngoroutine 1 [running]:\n${[first, ...frames].join('\n')}`, PANIC)
}
