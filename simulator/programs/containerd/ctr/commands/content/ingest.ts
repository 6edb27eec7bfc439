/** ctr content ingest: accept content into the store, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { int, string } from '../../../../urfave/flag'
import { Failure } from '../../../../urfave/context'
import { isGrpc } from '../../../../../containerd/grpc'
import { openSource } from '../../../../coreutils/files'
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
    const bytes = yield* (yield* openSource(context.sys, '-')).all()
    const size = context.number('expected-size')
    if (size > bytes.length) throw new Failure('failed to read expected number of bytes: unexpected EOF')
    if (size > 0 && size < bytes.length) throw new Failure(`failed commit on ref "${ref}": commit failed: "${ref}" failed size validation: ${bytes.length} != ${size}: failed precondition`)
    try {
      yield* client.call((s, ns) => s.content.write(ns, { ref, bytes, labels: {}, ...(expected === '' ? {} : { expected }) }))
    } catch (error) {
      // What is there already was ingested before.
      if (!isGrpc(error)) throw error
      if (error.code !== 'AlreadyExists') throw new Failure(`failed commit on ref "${ref}": commit failed: ${error.message}`)
    }
  },
})
