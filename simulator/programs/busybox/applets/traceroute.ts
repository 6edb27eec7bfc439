/** busybox traceroute: the lab's packets tell no hops yet. */
import type { Run } from '../../../kernel/run'
import type { Io } from '../../program'

export default function* traceroute(io: Io): Run<number> {
  io.err('traceroute: not simulated in this lab\n')
  return 125
}
