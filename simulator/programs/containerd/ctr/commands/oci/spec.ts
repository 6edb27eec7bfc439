/** ctr oci spec: see the output of the default OCI spec, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { defaultSpec } from '../../spec'
import { MARSHAL, marshal } from '../../../../go/json'

export default command({
  name: 'spec',
  usage: 'see the output of the default OCI spec',
  *run(context) {
    context.io.out(`${marshal(defaultSpec({ ns: 'default', id: '' }), MARSHAL)}\n`)
  },
})
