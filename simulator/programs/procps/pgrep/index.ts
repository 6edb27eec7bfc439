/** pgrep(1) of procps-ng 4.0.2. */
import { closeout } from '../../closeout'
import { program } from '../../program'
import { grepProcesses } from '../grep'

export default program({
  unwritten: closeout(),
  summary: 'look up processes based on name and other attributes',
  run: grepProcesses,
})
