/** `runc run`: a container from its creation to its end (run.go, signals.go). */
import { create, remove, start } from '../../../containerd/runc/index'
import type { Run } from '../../../kernel/run'
import type { Context } from '../../urfave/context'
import { creation } from './creation'
import { withTerminal } from './terminal'
import { statusOf } from './wait'
import { readSpec } from '../../../containerd/runc/state'

export function* runContainer(context: Context): Run<number> {
  const { sys } = context
  const isDetached = context.bool('detach')
  const request = creation(context, isDetached ? 'detached' : 'own')
  const pid = yield* create(sys, request)
  const { root, id } = request
  if (isDetached) {
    yield* start(sys, root, id)
    return 0
  }
  const terminal = (yield* readSpec(sys, request.bundle)).process?.terminal === true
  const end = function* (): Run<number> {
    yield* start(sys, root, id)
    return yield* statusOf(sys, pid)
  }
  const code = terminal ? yield* withTerminal(sys, pid, end) : yield* end()
  if (!context.bool('keep')) yield* remove(sys, root, id, 'force')
  return code
}
