/** pkill(1) of procps-ng 4.0.2. */
import { program } from '../../program'
import { grepProcesses } from '../grep'

export default program({
  summary: 'signal processes based on name and other attributes',
  run: grepProcesses,
})
