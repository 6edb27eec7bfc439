/** apt-get(8) 2.6: installs from the lab's archive (simulator/programs/dpkg/archive.ts). */
import { program } from '../../program'
import { commandsOf } from '../commands'
import { aptMain } from '../main'
import { HELP } from './help'

export default program({
  summary: 'package handling utility', size: 51_592,
  run: (io) => aptMain(io, HELP, commandsOf('apt-get')),
})
