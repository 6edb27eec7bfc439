/** ctr oci spec: see the output of the default OCI spec, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { ownRelease } from '../../../../../containerd/release'
import { checkPlatform } from '../../platform'
import { Failure } from '../../../../urfave/context'
import { defaultSpec } from '../../spec'
import { MARSHAL, marshal } from '../../../../go/json'

export default command({
  name: 'spec',
  usage: 'see the output of the default OCI spec',
  *run(context) {
    const platform = context.string('platform')
    if (platform !== '') checkPlatform(platform, (_, why) => new Failure(`failed to generate spec: ${why}`))
    if (platform !== '' && platform !== 'linux/amd64') return context.refuse(`oci spec --platform ${platform}`)
    context.io.out(`${marshal(defaultSpec({ ns: 'default', id: '' }, yield* ownRelease(context.sys)), MARSHAL)}\n`)
  },
})
