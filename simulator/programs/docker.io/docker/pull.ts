/** An image on its way, as it is told to who is not a terminal, and the names that it is told under (cli/command/image/pull.go, pkg/jsonmessage). */
import { familiar, parsed, partsOf } from '../../../docker/images/reference'
import type { PullLine } from '../../../docker/services'
import { encode } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import type { Context } from './command'

export const fullName = (text: string): string => parsed(text)
export const hasTag = (text: string): boolean => {
  const { tag, digest } = partsOf(text)
  return tag !== '' || digest !== ''
}
export { familiar }

/** Pulls, telling of it on a descriptor. On a terminal each layer keeps its line. */
export function* pullTo(context: Context, reference: string, fd: 1 | 2, told: 'progress' | 'nothing'): Run<void> {
  const { io: { sys } } = context
  const isTerminal = sys.isOpen(fd) && sys.isatty(fd)
  const layers: string[] = []
  const show = function* ({ id, status }: PullLine): Run {
    if (told === 'nothing') return
    const line = id === '' ? status : `${id}: ${status}`
    if (!isTerminal || !/^[0-9a-f]{12}$/.test(id)) return void (yield* sys.write(fd, encode(`${line}\n`)))
    let at = layers.indexOf(id)
    if (at < 0) {
      at = layers.push(id) - 1
      return void (yield* sys.write(fd, encode(`${line} \r\n`)))
    }
    const up = layers.length - at
    yield* sys.write(fd, encode(`\x1b[${up}A\x1b[2K\r${line} \r\x1b[${up}B`))
  }
  // The daemon tells of it while it pulls: what it says is printed here.
  const lines: PullLine[] = []
  const arrived = sys.futex()
  const state: { ended: boolean; error: unknown } = { ended: false, error: undefined }
  sys.go(
    (function* (): Run {
      try {
        yield* context.call((docker) =>
          docker.images.pull(reference, function* (line) {
            lines.push(line)
            arrived.wake()
          }),
        )
      } catch (error) {
        state.error = error
      }
      state.ended = true
      arrived.wake()
    })(),
  )
  for (;;) {
    for (const line of lines.splice(0)) yield* show(line)
    if (state.ended) break
    yield* arrived.wait()
  }
  if (state.error !== undefined) throw state.error
}
