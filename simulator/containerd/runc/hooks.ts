/** Hooks of a specification (runtime-spec config.md, POSIX-platform Hooks; libcontainer/configs/config.go): run in order, each is told the container's state. */
import { decode, encode } from '../../kernel/bytes'
import { readToEnd } from '../../kernel/read-to-end'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import type { OciHook } from '../oci/types'
import { RuncError } from './error'

export interface HookState {
  readonly ociVersion: string
  readonly id: string
  readonly status: string
  readonly pid: number
  readonly bundle: string
}

export function* runHooks(sys: Sys, hooks: readonly OciHook[], state: HookState): Run {
  for (const [i, hook] of hooks.entries()) yield* runHook(sys, i, hook, state)
}

function* runHook(sys: Sys, index: number, { path, args, env = [] }: OciHook, state: HookState): Run {
  const input = sys.pipe()
  const output = sys.pipe()
  const errors = sys.pipe()
  const pid = sys.fork(function* (child) {
    for (const [fd, from] of [input.read, output.write, errors.write].entries()) child.dup2(from, fd)
    for (const fd of child.descriptors()) if (fd > 2) child.setCloseOnExec(fd, true)
    return yield* child.exec(path, args ?? [path], new Map(env.map((entry) => [entry.split('=', 1)[0] ?? '', entry.slice(entry.indexOf('=') + 1)])))
  })
  for (const fd of [input.read, output.write, errors.write]) sys.close(fd)
  yield* sys.write(input.write, encode(JSON.stringify(state)))
  sys.close(input.write)
  const said = [decode(yield* readToEnd(() => sys.read(output.read, 4096))), decode(yield* readToEnd(() => sys.read(errors.read, 4096)))]
  for (const fd of [output.read, errors.read]) sys.close(fd)
  const ended = yield* sys.wait(pid)
  if (ended?.status.kind === 'exited' && ended.status.code === 0) return
  const status = ended?.status.kind === 'exited' ? `exit status ${ended.status.code}` : 'signal: killed'
  throw new RuncError(`unable to start container process: error during container init: error running hook #${index}: error running hook: ${status}, stdout: ${said[0]}, stderr: ${said[1]}`)
}
