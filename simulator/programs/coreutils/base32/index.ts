/** base32(1) of coreutils 9.1. */
import { command } from '../command'
import { ENCODINGS, transcode } from '../encoding'
import { HELP, VERSION } from './help'

export default command({
  summary: 'base32 encode or decode data, and print it to standard output',
  help: HELP, version: VERSION,
  run: (io, options) => transcode(io, options, ENCODINGS.base32),
})
