/** ctr content ingest: accept content into the store, as ctr 1.6.20 has it. */
import { notSimulated } from '../../../../urfave/command'
import { int, string } from '../../../../urfave/flag'

export default notSimulated({
  name: 'ingest',
  usage: 'accept content into the store',
  args: '[flags] <key>',
  description: 'ingest objects into the local content store',
  flags: [
    int('expected-size', 'validate against provided size'),
    string('expected-digest', 'verify content against expected digest'),
  ],
})
