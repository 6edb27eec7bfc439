/** What a bridge and its ports tell of themselves (net/bridge/br_sysfs_br.c, br_sysfs_if.c). Times are in hundredths of a second; without STP its timers stand. */
import type { Bridge, Device } from '../../net/device'
import { failing, file, link, type Names, value } from './inodes'

const RW = 0o644
const WRITE_ONLY = 0o200
const PRIORITY = 0x8000
const PORT_PRIORITY = 32
const FORWARDING = 3
const DISABLED = 0

const SETTINGS =
  'ageing_time 30000|default_pvid 1|forward_delay 1500|group_addr 01:80:c2:00:00:00|group_fwd_mask 0x0|hash_elasticity 16|hash_max 4096|hello_time 200|max_age 2000|multicast_igmp_version 2|multicast_last_member_count 2|multicast_last_member_interval 100|multicast_membership_interval 26000|multicast_mld_version 1|multicast_querier 0|multicast_querier_interval 25500|multicast_query_interval 12500|multicast_query_response_interval 1000|multicast_query_use_ifaddr 0|multicast_router 1|multicast_snooping 1|multicast_startup_query_count 2|multicast_startup_query_interval 3124|multicast_stats_enabled 0|nf_call_arptables 0|nf_call_ip6tables 0|nf_call_iptables 0|no_linklocal_learn 0|priority 32768|stp_state 0|vlan_filtering 0|vlan_protocol 0x8100|vlan_stats_enabled 0|vlan_stats_per_port 0'
const STATE = 'hello_timer root_path_cost root_port tcn_timer topology_change topology_change_detected topology_change_timer'
const PORT_SETTINGS =
  'bpdu_guard 0|broadcast_flood 1|group_fwd_mask 0x0|isolated 0|learning 1|multicast_fast_leave 0|multicast_flood 1|multicast_router 1|multicast_to_unicast 0|neigh_suppress 0|path_cost 2|priority 32|proxyarp 0|proxyarp_wifi 0|root_block 0|unicast_flood 1'
const PORT_STATE = 'change_ack config_pending designated_cost forward_delay_timer hold_timer message_age_timer'

const settings = (table: string): Names => Object.fromEntries(table.split('|').map((row) => [row.slice(0, row.indexOf(' ')), value(row.slice(row.indexOf(' ') + 1), RW)]))
const zeros = (names: string): Names => Object.fromEntries(names.split(' ').map((name) => [name, value(0)]))
const idOf = ({ mac }: Device): string => `${PRIORITY.toString(16)}.${mac.replaceAll(':', '')}\n`

export const bridgeFiles = (bridge: Bridge): Names => ({ ...settings(SETTINGS), ...zeros(STATE), bridge_id: file(() => idOf(bridge)), root_id: file(() => idOf(bridge)), flush: failing('EACCES', WRITE_ONLY) })

/** Of a device while it is a port. */
export function portFiles(device: Device): Names {
  const ofBridge = file(() => (device.master ? idOf(device.master) : ''))
  const number = (): number => device.port?.number ?? 0
  return {
    ...settings(PORT_SETTINGS), ...zeros(PORT_STATE), backup_port: file(() => '', RW), bridge: link(`../../${device.master?.name ?? ''}`), designated_bridge: ofBridge, designated_root: ofBridge,
    designated_port: file(() => `${PORT_PRIORITY * 1024 + number()}\n`), flush: failing('EACCES', WRITE_ONLY), hairpin_mode: file(() => `${device.port?.hairpin ? 1 : 0}\n`, RW),
    port_id: file(() => `0x${(PORT_PRIORITY * 1024 + number()).toString(16)}\n`), port_no: file(() => `0x${number().toString(16)}\n`), state: file(() => `${device.running ? FORWARDING : DISABLED}\n`),
  }
}
