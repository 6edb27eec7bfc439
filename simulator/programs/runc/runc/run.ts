/** `runc run`: a container from its creation to its end (run.go, signals.go). */
import { create, remove, start } from '../../../containerd/runc/index'
import type { Run } from '../../../kernel/run'
import type { Context } from '../../urfave/context'
import { readSpec } from '../../../containerd/runc/state'
import { creation } from './creation'
import { onPipes } from './streams'
import { OwnTerminal } from './terminal'
import { statusOf } from './wait'

export function* runContainer(context: Context): Run<number> {
  const { sys } = context
  const isDetached = context.bool('detach')
  const terminal = new OwnTerminal(sys)
  const request = creation(context, isDetached ? { kind: 'nobody' } : terminal)
  const { root, id } = request
  const birth = (): Run<number> => create(sys, request)
  if (isDetached) {
    yield* birth()
    yield* start(sys, root, id)
    return 0
  }
  const life = function* (pid: number): Run<number> {
    yield* start(sys, root, id)
    return yield* statusOf(sys, pid)
  }
  const hasTerminal = (yield* readSpec(sys, request.bundle)).process?.terminal === true
  const code = yield* hasTerminal ? terminal.during(birth, life) : onPipes(sys, birth, life)
  if (!context.bool('keep')) yield* remove(sys, root, id, 'force')
  return code
}
