/** basenc(1) of coreutils 9.1: the encoding is an option. */
import { command, wrongCall } from '../command'
import { ENCODINGS, type Encoding, transcode } from '../encoding'
import { HELP, VERSION } from './help'
import { Z85 } from './z85'

const NAMED: { readonly [option: string]: Encoding } = ENCODINGS

export default command({
  summary: 'encode or decode data with a chosen encoding, and print it to standard output',
  help: HELP, version: VERSION,
  *run(io, options) {
    const chosen = options.given.findLast((g) => g.name.startsWith('base') || g.name === 'z85')
    if (!chosen) return wrongCall(io, 'missing encoding type')
    const encoding = chosen.name === 'z85' ? Z85 : NAMED[chosen.name]
    if (!encoding) return wrongCall(io, 'missing encoding type')
    return yield* transcode(io, options, encoding)
  },
})
