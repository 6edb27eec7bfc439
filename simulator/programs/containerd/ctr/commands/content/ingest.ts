/** ctr content ingest: accept content into the store, as ctr 1.6.20 has it. */
import { ownRelease } from '../../../../../containerd/release'
import { command } from '../../../../urfave/command'
import { int, string } from '../../../../urfave/flag'
import { Failure } from '../../../../urfave/context'
import { isGrpc } from '../../../../../containerd/grpc'
import { concat } from '../../../../../kernel/bytes'
import { isErrno } from '../../../../../kernel/errno'
import type { Run } from '../../../../../kernel/run'
import type { Sys } from '../../../../../kernel/sys'
import { connect } from '../../client'
import { parseDigest } from '../../image'

export default command({
  name: 'ingest',
  usage: 'accept content into the store',
  args: '[flags] <key>',
  description: 'ingest objects into the local content store',
  flags: [
    int('expected-size', 'validate against provided size'),
    string('expected-digest', 'verify content against expected digest'),
  ],
  *run(context) {
    const ref = context.arg(0)
    const expected = context.string('expected-digest')
    if (expected !== '') parseDigest(expected)
    if (ref === '') throw new Failure('must specify a transaction reference')
    const client = yield* connect(context)
    const { sys } = context
    const size = context.number('expected-size')
    try {
      const wanted = expected === '' ? {} : { expected }
      const { offset } = yield* client.call((s, ns) => s.content.begin(ns, { ref, total: size, ...wanted }))
      if (offset > 0) skip(sys, ref, offset)
      let copied = 0
      for (;;) {
        const part = yield* fullBuffer(sys)
        if (part.length === 0) break
        copied += part.length
        yield* client.call((s, ns) => s.content.append(ns, ref, part))
      }
      if (copied < size - offset) {
        const { line } = yield* ownRelease(sys)
        throw new Failure(`${line === '2' ? `short read: expected ${size - offset} bytes but got ${copied}` : 'failed to read expected number of bytes'}: unexpected EOF`)
      }
      yield* client.call((s, ns) => s.content.commit(ns, { ref, size, ...wanted }))
    } catch (error) {
      // What is there already was ingested before.
      if (isGrpc(error, 'AlreadyExists')) return
      throw isGrpc(error) ? new Failure(`failed commit on ref "${ref}": ${error.message}`) : error
    }
  },
})

/** content.Copy hands on what fills its buffer. */
const BUFFER = 1_048_576

function* fullBuffer(sys: Sys): Run<Uint8Array> {
  const parts: Uint8Array[] = []
  for (let room = BUFFER; room > 0; ) {
    const part = yield* sys.read(0, room)
    if (part.length === 0) break
    parts.push(part)
    room -= part.length
  }
  return concat(parts)
}

/** Where another has stopped; a pipe cannot go there. */
function skip(sys: Sys, ref: string, offset: number): void {
  try {
    sys.lseek(0, offset, 'set')
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Failure(`unable to resume write to ${ref}: failed to seek to offset ${offset}: seek /dev/stdin: ${error.message.toLowerCase()}`)
  }
}
