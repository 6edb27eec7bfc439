/** The lines of the node's ps whose PID is one of the container's (ps.go). */
import { RuncError } from '../../../containerd/runc/index'
import { concat, decode } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import type { Io } from '../../program'

export function* showProcesses(io: Io, wanted: readonly number[], options: readonly string[]): Run {
  const { sys } = io
  const output = sys.pipe()
  const child = sys.fork(function* (self) {
    for (const fd of [1, 2]) self.dup2(output.write, fd)
    for (const fd of [output.read, output.write]) self.close(fd)
    return yield* self.exec('/usr/bin/ps', ['ps', ...(options.length > 0 ? options : ['-ef'])], self.env)
  })
  sys.close(output.write)
  const parts: Uint8Array[] = []
  for (;;) {
    const part = yield* sys.read(output.read, 65_536)
    if (part.length === 0) break
    parts.push(part)
  }
  sys.close(output.read)
  const ended = yield* sys.wait(child)
  const text = decode(concat(parts))
  if (ended?.status.kind !== 'exited' || ended.status.code !== 0) throw new RuncError(`exit status ${ended?.status.kind === 'exited' ? ended.status.code : 1}: ${text}`)
  const [head = '', ...lines] = text.split('\n')
  const column = head.trim().split(/\s+/).indexOf('PID')
  if (column < 0) throw new RuncError(`couldn't find PID field in ps output`)
  io.out(`${head}\n`)
  for (const line of lines) if (line !== '' && wanted.includes(Number(line.trim().split(/\s+/)[column]))) io.out(`${line}\n`)
}
