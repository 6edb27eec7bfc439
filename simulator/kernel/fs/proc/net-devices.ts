/**
 * Settings of each network device: /proc/sys/net/{ipv4,ipv6}/{conf,neigh}/DEVICE (networking/ip-sysctl.rst). A line is
 * `name[:letters] value`, with `all=` and `lo=` where these two begin otherwise.
 */
import type { Entry, FolderEntry, Look } from './entry'
import { numeric, parseTable, stored, written } from './sysctl'

type Family = 'ipv4' | 'ipv6'

const CONF: Readonly<Record<Family, () => string>> = {
  ipv4: () => `
accept_local 0
accept_redirects 1
accept_source_route 1 all=0
arp_accept 0
arp_announce 0
arp_evict_nocarrier 1
arp_filter 0
arp_ignore 0
arp_notify 0
bc_forwarding 0
bootp_relay 0
disable_policy 0 lo=1
disable_xfrm 0 lo=1
drop_gratuitous_arp 0
drop_unicast_in_l2_multicast 0
force_igmp_version 0
forwarding 0
igmpv2_unsolicited_report_interval 10000
igmpv3_unsolicited_report_interval 1000
ignore_routes_with_linkdown 0
log_martians 0
mc_forwarding:r 0
medium_id 0
promote_secondaries 0
proxy_arp 0
proxy_arp_pvlan 0
route_localnet 0
rp_filter 0
secure_redirects 1
send_redirects 1
shared_media 1
src_valid_mark 0
tag 0
`,
  ipv6: () => `
accept_dad 1 all=0 lo=-1
accept_ra 1
accept_ra_defrtr 1
accept_ra_from_local 0
accept_ra_min_hop_limit 1
accept_ra_min_lft 0
accept_ra_mtu 1
accept_ra_pinfo 1
accept_ra_rt_info_max_plen 0
accept_ra_rt_info_min_plen 0
accept_ra_rtr_pref 1
accept_redirects 1
accept_source_route 0
accept_untracked_na 0
addr_gen_mode 0
autoconf 1
dad_transmits 1
disable_ipv6 0
disable_policy 0
drop_unicast_in_l2_multicast 0
drop_unsolicited_na 0
enhanced_dad 1
force_forwarding 0
force_mld_version 0
force_tllao 0
forwarding 0
hop_limit 64
ignore_routes_with_linkdown 0
ioam6_enabled 0
ioam6_id 65535
ioam6_id_wide 4294967295
keep_addr_on_down 0
max_addresses 16
max_desync_factor 600
mc_forwarding:r 0
mldv1_unsolicited_report_interval 10000
mldv2_unsolicited_report_interval 1000
mtu 1280 lo=65536
ndisc_evict_nocarrier 1
ndisc_notify 0
ndisc_tclass 0
optimistic_dad 0
proxy_ndp 0
ra_defrtr_metric 1024
ra_honor_pio_life 0
ra_honor_pio_pflag 0
regen_max_retry 3
regen_min_advance 2
router_probe_interval 60
router_solicitation_delay 1
router_solicitation_interval 4
router_solicitation_max_interval 3600
router_solicitations -1
rpl_seg_enabled 0
seg6_enabled 0
seg6_require_hmac 0
stable_secret:p
suppress_frag_ndisc 1
temp_prefered_lft 86400
temp_valid_lft 604800
use_oif_addrs_only 0
use_optimistic 0
use_tempaddr 0 lo=-1
`,
}

const NEIGHBOURS: Readonly<Record<Family, () => string>> = {
  ipv4: () => `
anycast_delay 100
app_solicit 0
base_reachable_time 30
base_reachable_time_ms 30000
delay_first_probe_time 5
gc_interval 30
gc_stale_time 60
gc_thresh1 128
gc_thresh2 512
gc_thresh3 1024
interval_probe_time_ms 5000
locktime 100
mcast_resolicit 0
mcast_solicit 3
proxy_delay 80
proxy_qlen 64
retrans_time 100
retrans_time_ms 1000
ucast_solicit 3
unres_qlen 101
unres_qlen_bytes 212992
`,
  ipv6: () => `
anycast_delay 100
app_solicit 0
base_reachable_time 30
base_reachable_time_ms 30000
delay_first_probe_time 5
gc_interval 30
gc_stale_time 60
gc_thresh1 128
gc_thresh2 512
gc_thresh3 1024
interval_probe_time_ms 5000
locktime 0
mcast_resolicit 0
mcast_solicit 3
proxy_delay 80
proxy_qlen 64
retrans_time 250
retrans_time_ms 1000
ucast_solicit 3
unres_qlen 101
unres_qlen_bytes 212992
`,
}

/** Only `default` has those of the whole table. */
const OF_THE_TABLE = /^gc_(interval|thresh)/

const owner = ({ viewer }: Look): object => viewer.ns.net

/** Whether packets go through: of all devices together, until one is told otherwise. */
export function forwarding(family: Family, device = 'all') {
  const key = `net/${family}/conf/${device}/forwarding`
  if (family === 'ipv6') return numeric((look) => Number(written(owner(look)).get(key) ?? written(owner(look)).get('net/ipv6/conf/all/forwarding') ?? 0), (value, look) => void written(owner(look)).set(key, String(value ? 1 : 0)))
  return numeric(
    (look) => Number((device === 'all' ? undefined : written(owner(look)).get(key)) ?? (look.viewer.ns.net.forwarding ? 1 : 0)),
    (value, { viewer: { ns: { net } } }) => {
      const values = written(net)
      if (device !== 'all') return void values.set(key, String(value ? 1 : 0))
      net.forwarding = value !== 0
      for (const name of [...values.keys()]) if (/^net\/ipv4\/conf\/[^/]+\/forwarding$/.test(name)) values.delete(name)
    },
  )
}

/** IPv6 of all devices together, which is what is asked for. */
const disabled = numeric(({ viewer }) => (viewer.ns.net.ipv6 === 'off' ? 1 : 0), (value, { viewer }) => viewer.ns.net.setIpv6(value === 0 ? 'on' : 'off'))

interface Begin {
  readonly setting: ReturnType<typeof parseTable>[number]
  readonly of: Readonly<Record<string, string>>
}

/** Read once, when somebody looks. */
function begins(table: () => string): () => readonly Begin[] {
  let rows: readonly Begin[] | undefined
  return () => {
    rows ??= parseTable(table()).map((setting) => {
      const [first = '', ...others] = setting.initial.split(' ')
      return { setting: { ...setting, initial: first.includes('=') ? '' : first }, of: Object.fromEntries(others.map((word) => word.split('=', 2))) }
    })
    return rows
  }
}

/** A file for each setting of a device; they are made once for each name of a device. */
function deviceFolder(base: string, rows: () => readonly Begin[], own: (device: string) => Readonly<Record<string, Entry<null>>>): (device: string) => FolderEntry<null> {
  const known = new Map<string, FolderEntry<null>>()
  return (device) => {
    let found = known.get(device)
    if (!found) {
      const special = own(device)
      const entries = new Map(rows().map(({ setting, of }) => [
        setting.name,
        special[setting.name] ?? stored(setting, `${base}/${device}/${setting.name}`, owner, (look) => of[device] ?? written(owner(look)).get(`${base}/default/${setting.name}`) ?? setting.initial),
      ]))
      found = { kind: 'folder', mode: 0o555, links: 1, names: () => entries.keys(), lookup: (name) => entries.get(name) }
      known.set(device, found)
    }
    return found
  }
}

function folderPerDevice(fixed: readonly string[], make: (device: string) => FolderEntry<null>): FolderEntry<null> {
  const names = ({ viewer }: Look): string[] => [...fixed, ...[...viewer.ns.net.devices.values()].map((d) => d.name)].sort()
  return { kind: 'folder', mode: 0o555, links: 1, names: (_none, look) => names(look), lookup: (name, _none, look) => (names(look).includes(name) ? make(name) : undefined) }
}

export function deviceSettings(family: Family): FolderEntry<null> {
  const mtu = (device: string) => numeric(({ viewer }) => [...viewer.ns.net.devices.values()].find((d) => d.name === device)?.mtu ?? 1280, () => {})
  return folderPerDevice(['all', 'default'], deviceFolder(`net/${family}/conf`, begins(CONF[family]), (device) => ({ forwarding: forwarding(family, device), ...(family === 'ipv6' ? { mtu: mtu(device), ...(device === 'all' ? { disable_ipv6: disabled } : {}) } : {}) })))
}

export function neighbourSettings(family: Family): FolderEntry<null> {
  const rows = begins(NEIGHBOURS[family])
  const base = `net/${family}/neigh`
  const common = deviceFolder(base, () => rows().filter(({ setting }) => !OF_THE_TABLE.test(setting.name)), () => ({}))
  const whole = deviceFolder(base, rows, () => ({}))
  return folderPerDevice(['default'], (device) => (device === 'default' ? whole(device) : common(device)))
}
