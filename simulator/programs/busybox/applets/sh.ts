/** busybox ash as sh (shell/ash.c): the shell of containers. */
import type { Run } from '../../../kernel/run'
import { ashMain } from '../../../shell'
import type { Io } from '../../program'

export default function* sh(io: Io): Run<number> {
  return yield* ashMain(io.sys, [io.name, ...io.args])
}
