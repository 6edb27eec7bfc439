/** ctr oci: OCI tools, as ctr 1.6.20 has it. */
import { group } from '../../../../urfave/command'

export default group({
  name: 'oci',
  usage: 'OCI tools',
  commands: ['spec'],
})
