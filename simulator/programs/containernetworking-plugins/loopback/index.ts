/** CNI loopback (plugins/main/loopback): sets `lo` of the namespace up and tells its addresses, without their family whatever the version. */
import { cniPlugin, inNetns } from '../plugin'

export default cniPlugin({
  name: 'loopback',
  summary: 'CNI plugin: sets the loopback device up',
  *add({ sys, netns, config }) {
    const version = config.cniVersion ?? '0.3.1'
    if (config.prevResult) return config.prevResult
    return yield* inNetns(sys, netns, () => {
      sys.net.setLink('lo', { up: true })
      const lo = sys.net.links().find((link) => link.name === 'lo')
      const ips = (lo?.addresses ?? []).map((a) => ({ interface: 0, address: `${a.local}/${a.length}` }))
      return { cniVersion: version, interfaces: [{ name: 'lo', mac: '00:00:00:00:00:00', sandbox: netns }], ips, dns: {} }
    })
  },
  *del({ sys, netns }) {
    if (netns !== '' && sys.access(netns, {})) yield* inNetns(sys, netns, () => sys.net.setLink('lo', { up: false }))
  },
})
