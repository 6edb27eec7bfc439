/**
 * Where ctr panics, Go's runtime prints where it was: `-t` without a terminal on standard input (console.Current()), `shim exec`. Frames as
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
  'shim exec': { name: 'shim.glob..func5', at: 'shim/shim.go:181 +0x216', action: '{0x11526c0?, 0x13120d0?}, 0x4?', command: '{{0x12a33f0, 0x4}, {0x0, 0x0}, {0x0, 0x0, 0x0}, {0x12d4934, 0x2a}, {0x0, ...}, ...}, ...' },
  start: { name: 'tasks.glob..func11', at: 'tasks/start.go:86 +0x265', action: '{0x11526c0?, 0x1312158?}, 0x5?', command: '{{0x12a4a25, 0x5}, {0x0, 0x0}, {0x0, 0x0, 0x0}, {0x12d18bd, 0x27}, {0x0, ...}, ...}, ...' },
}
/** Groups of commands. */
const TASKS = '{{0x12a4a8e, 0x5}, {0x0, 0x0}, {0x19aa8a0, 0x2, 0x2}, {0x12b0665, 0xc}, {0x0, ...}, ...}, ...'
const SHIM = '{{0x12a36b0, 0x4}, {0x0, 0x0}, {0x0, 0x0, 0x0}, {0x12c4a4d, 0x1d}, {0x0, ...}, ...}, ...'
const CLI = 'github.com/urfave/cli'

const pointer = (sys: Sys): string => `0xc000${randomHex(sys, 6)}`

/** Go's status for a panic. */
const PANIC = 2

const frame = (what: string, where: string): string => `${what}\n\t${where}`
const panic = (why: string, frames: readonly string[]): ExitError => new ExitError(`panic: ${why}\n\ngoroutine 1 [running]:\n${frames.join('\n')}`, PANIC)

/** Room that Go's allocator gives a list of texts: its classes are 32 bytes apart above 256. */
const capacity = (count: number): number => (count > 16 ? count + (count % 2) : count)

/** From main() down to the command's action. */
function callers({ sys, path }: Context, caller: Caller, group: string): string[] {
  const hex = (count: number): string => `0x${count.toString(16)}`
  const { length } = sys.argv
  return [
    frame(`github.com/containerd/containerd/cmd/ctr/commands/${caller.name}(${pointer(sys)})`, `github.com/containerd/containerd/cmd/ctr/commands/${caller.at}`),
    frame(`${CLI}.HandleAction(${caller.action})`, `${CLI}/app.go:524 +0x50`),
    frame(`${CLI}.Command.Run(${caller.command})`, `${CLI}/command.go:173 +0x65b`),
    ...(path.length > 2
      ? [
          frame(`${CLI}.(*App).RunAsSubcommand(${pointer(sys)}, ${pointer(sys)})`, `${CLI}/app.go:405 +0x91b`),
          frame(`${CLI}.Command.startApp(${group})`, `${CLI}/command.go:378 +0x6e7`),
          frame(`${CLI}.Command.Run(${group})`, `${CLI}/command.go:102 +0x825`),
        ]
      : []),
    frame(`${CLI}.(*App).Run(${pointer(sys)}, {${pointer(sys)}, ${hex(length)}, ${hex(capacity(length))}})`, `${CLI}/app.go:277 +0x8a7`),
    frame('main.main()', 'github.com/containerd/containerd/cmd/ctr/main.go:37 +0x125'),
  ]
}

export function notAConsole(context: Context): ExitError {
  const caller = CALLERS[context.path.at(-1) ?? '']
  const first = frame('github.com/containerd/console.Current()', 'github.com/containerd/console/console.go:77 +0xa5')
  return panic('provided file is not a console', [first, ...(caller === undefined ? [] : callers(context, caller, TASKS))])
}

/** `shim exec` hands typeurl a value where it wants a pointer: it never starts anything. */
export function notAPointer(context: Context): ExitError {
  const caller = CALLERS['shim exec']
  const process = pointer(context.sys)
  const typeurl = 'github.com/containerd/typeurl'
  return panic('v is not a pointer to a type', [
    frame(`${typeurl}.tryDereference({0x1281b20?, ${process}?})`, `${typeurl}/types.go:213 +0x8c`),
    frame(`${typeurl}.TypeURL({0x1281b20, ${process}})`, `${typeurl}/types.go:69 +0x71`),
    ...(caller === undefined ? [] : callers(context, caller, SHIM)),
  ])
}
