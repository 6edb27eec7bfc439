/** /proc/sys/net, of the reader's network namespace (networking/ip-sysctl.rst). */
import { folder } from '../entry'
import { numeric, setting } from '../sysctl'

const forwarding = numeric(
  ({ viewer }) => (viewer.ns.net.forwarding ? 1 : 0),
  (value, { viewer }) => {
    viewer.ns.net.forwarding = value !== 0
  },
)

export default folder({
  core: folder({ somaxconn: setting(4096), rmem_max: setting(212_992), wmem_max: setting(212_992) }),
  ipv4: folder({
    ip_forward: forwarding,
    ip_local_port_range: setting('32768\t60999'),
    ip_unprivileged_port_start: setting(1024),
    tcp_syncookies: setting(1),
    tcp_fin_timeout: setting(60),
    ping_group_range: setting('1\t0'),
    conf: folder({ all: folder({ forwarding, rp_filter: setting(0) }), default: folder({ forwarding, rp_filter: setting(0) }) }),
  }),
  bridge: folder({ 'bridge-nf-call-iptables': setting(1), 'bridge-nf-call-ip6tables': setting(1) }),
})
