/** base64(1) of coreutils 9.1. */
import { doubleCloseout } from '../../closeout'
import { command } from '../command'
import { ENCODINGS, transcode } from '../encoding'
import { HELP, VERSION } from './help'

export default command({
  unwritten: doubleCloseout,
  summary: 'base64 encode or decode data, and print it to standard output',
  help: HELP, version: VERSION,
  run: (io, options) => transcode(io, options, ENCODINGS.base64),
})
