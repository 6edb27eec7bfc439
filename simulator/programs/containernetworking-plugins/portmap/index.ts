/** CNI portmap (plugins/meta/portmap): ports of the host that lead into the container. Passes the result before it on. */
import { CniFailure, cniPlugin } from '../plugin'
import { CNI_ERRORS } from '../../../cni/types'

const ownerOf = (name: string | undefined, id: string): string => `CNI-HOSTPORT ${name ?? ''} ${id}`

export default cniPlugin({
  name: 'portmap',
  summary: 'CNI plugin: maps ports of the host to a container',
  *add({ sys, config, containerId }) {
    const { prevResult } = config
    if (!prevResult) throw new CniFailure('must be called as chained plugin', CNI_ERRORS.invalidConfig)
    const address = prevResult.ips?.find((ip) => !ip.address.includes(':'))?.address.split('/')[0]
    for (const mapping of config.runtimeConfig?.portMappings ?? []) {
      const protocol = mapping.protocol.toLowerCase()
      if (!address || (protocol !== 'tcp' && protocol !== 'udp') || mapping.hostPort === 0) continue
      const wildcard = !mapping.hostIP || mapping.hostIP === '0.0.0.0'
      sys.net.addNat({
        kind: 'dnat', protocol, port: mapping.hostPort, targets: [{ address, port: mapping.containerPort }], owner: ownerOf(config.name, containerId),
        ...(wildcard || !mapping.hostIP ? {} : { address: mapping.hostIP }),
      })
    }
    return prevResult
  },
  *del({ sys, config, containerId }) {
    sys.net.removeNat(ownerOf(config.name, containerId))
  },
})
