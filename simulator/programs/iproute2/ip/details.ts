/** What `ip -d link` adds (rtnl_link_ops' fill_info): defaults of the drivers, which nothing in the lab changes. Recording: cri-node capture. */
import type { LinkView } from '../../../kernel/net/rtnetlink'
import type { Json } from '../json'

const QUEUES = { gso_max_size: 65536, gso_max_segs: 65535, tso_max_size: 524280, tso_max_segs: 65535, gro_max_size: 65536 }

/** [name in text, name in JSON, value] */
const bridgeFields = (link: LinkView): readonly (readonly [string, string, string | number])[] => [
  ['forward_delay', 'forward_delay', 1500], ['hello_time', 'hello_time', 200], ['max_age', 'max_age', 2000], ['ageing_time', 'ageing_time', 30000],
  ['stp_state', 'stp_state', 0], ['priority', 'priority', 32768], ['vlan_filtering', 'vlan_filtering', 0], ['bridge_id', 'bridge_id', `8000.${link.mac}`],
  ['designated_root', 'root_id', `8000.${link.mac}`], ['root_port', 'root_port', 0], ['root_path_cost', 'root_path_cost', 0], ['topology_change', 'topology_change', 0],
  ['topology_change_detected', 'topology_change_detected', 0], ['hello_timer   ', 'hello_timer', '0.00'], ['tcn_timer   ', 'tcn_timer', '0.00'],
  ['topology_change_timer   ', 'topology_change_timer', '0.00'], ['gc_timer   ', 'gc_timer', '0.00'], ['group_fwd_mask', 'group_fwd_mask', '0'],
  ['group_address', 'group_addr', '01:80:c2:00:00:00'], ['mcast_snooping', 'mcast_snooping', 1], ['no_linklocal_learn', 'no_linklocal_learn', 0],
  ['mcast_vlan_snooping', 'mcast_vlan_snooping', 0], ['mcast_router', 'mcast_router', 1], ['mcast_query_use_ifaddr', 'mcast_query_use_ifaddr', 0],
  ['mcast_querier', 'mcast_querier', 0], ['mcast_hash_elasticity', 'mcast_hash_elasticity', 16], ['mcast_hash_max', 'mcast_hash_max', 4096],
  ['mcast_last_member_count', 'mcast_last_member_cnt', 2], ['mcast_startup_query_count', 'mcast_startup_query_cnt', 2],
  ['mcast_last_member_interval', 'mcast_last_member_intvl', 100], ['mcast_membership_interval', 'mcast_membership_intvl', 26000],
  ['mcast_querier_interval', 'mcast_querier_intvl', 25500], ['mcast_query_interval', 'mcast_query_intvl', 12500],
  ['mcast_query_response_interval', 'mcast_query_response_intvl', 1000], ['mcast_startup_query_interval', 'mcast_startup_query_intvl', 3124],
  ['mcast_stats_enabled', 'mcast_stats_enabled', 0], ['mcast_igmp_version', 'mcast_igmp_version', 2], ['mcast_mld_version', 'mcast_mld_version', 1],
  ['nf_call_iptables', 'nf_call_iptables', 0], ['nf_call_ip6tables', 'nf_call_ip6tables', 0], ['nf_call_arptables', 'nf_call_arptables', 0],
]

type PortField = readonly [text: string, json: string, value: string | number | boolean]

const portFields = (link: LinkView, bridgeMac: string): readonly PortField[] => {
  const number = link.port?.number ?? 0
  const id = 0x8000 + number
  return [
    ['state', 'state', link.port?.forwarding ? 'forwarding' : 'disabled'], ['priority', 'priority', 32], ['cost', 'cost', 2], ['hairpin', 'hairpin', link.port?.hairpin ?? false],
    ['guard', 'guard', false], ['root_block', 'root_block', false], ['fastleave', 'fastleave', false], ['learning', 'learning', true], ['flood', 'flood', true],
    ['port_id', 'id', `0x${id.toString(16)}`], ['port_no', 'no', `0x${number.toString(16)}`], ['designated_port', 'designated_port', id],
    ['designated_cost', 'designated_cost', 0], ['designated_bridge', 'bridge_id', `8000.${bridgeMac}`], ['designated_root', 'root_id', `8000.${bridgeMac}`],
    ['hold_timer   ', 'hold_timer', '0.00'], ['message_age_timer   ', 'message_age_timer', '0.00'], ['forward_delay_timer   ', 'forward_delay_timer', '0.00'],
    ['topology_change_ack', 'topology_change_ack', 0], ['config_pending', 'config_pending', 0], ['proxy_arp', 'proxy_arp', false],
    ['proxy_arp_wifi', 'proxy_arp_wifi', false], ['mcast_router', 'multicast_router', 1], ['mcast_fast_leave', '', false], ['mcast_flood', 'mcast_flood', true],
    ['bcast_flood', 'bcast_flood', true], ['mcast_to_unicast', 'mcast_to_unicast', false], ['neigh_suppress', 'neigh_suppress', false],
    ['group_fwd_mask', 'group_fwd_mask', '0'], ['group_fwd_mask_str', 'group_fwd_mask_str', '0x0'], ['vlan_tunnel', 'vlan_tunnel', false],
    ['isolated', 'isolated', false], ['locked', 'locked', false],
  ]
}

const word = (value: string | number | boolean): string => (typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value))
const number = (value: string | number | boolean): Json => (typeof value === 'string' && /^\d+\.\d+$/.test(value) ? Number(value) : value)

const general = (link: LinkView) => ({
  promiscuity: link.port ? 1 : 0, allmulti: link.port ? 1 : 0, min_mtu: link.kind === 'loopback' ? 0 : 68, max_mtu: link.kind === 'loopback' ? 0 : 65535,
})
const queues = (link: LinkView): number => (link.kind === 'veth' ? 2 : 1)

export function detailText(link: LinkView, bridgeMac: string, newline: string, mode: 'addr' | 'link'): string {
  const g = general(link)
  const parts = [` promiscuity ${g.promiscuity}  allmulti ${g.allmulti} minmtu ${g.min_mtu} maxmtu ${g.max_mtu} `]
  if (link.kind === 'bridge') parts.push(`${newline}    bridge ${bridgeFields(link).map(([name, , value]) => `${name} ${value} `).join('')}`)
  if (link.kind === 'veth' || link.kind === 'dummy') parts.push(`${newline}    ${link.kind} `)
  if (link.port) parts.push(`${newline}    bridge_slave ${portFields(link, bridgeMac).map(([name, , value]) => `${name} ${word(value)} `).join('')}`)
  if (mode === 'link') parts.push('addrgenmode eui64 ')
  parts.push(`numtxqueues ${queues(link)} numrxqueues ${queues(link)} ${Object.entries(QUEUES).map(([name, value]) => `${name} ${value} `).join('')}`)
  return parts.join('')
}

export function detailJson(link: LinkView, bridgeMac: string, mode: 'addr' | 'link'): { readonly [key: string]: Json | undefined } {
  const info: { [key: string]: Json } = {}
  if (link.kind === 'bridge' || link.kind === 'veth' || link.kind === 'dummy') info.info_kind = link.kind
  if (link.kind === 'bridge') info.info_data = Object.fromEntries(bridgeFields(link).map(([, name, value]) => [name, name === 'group_fwd_mask' ? value : number(value)]))
  if (link.port) {
    info.info_slave_kind = 'bridge'
    info.info_slave_data = Object.fromEntries(portFields(link, bridgeMac).filter(([, name]) => name !== '').map(([, name, value]) => [name, number(value)]))
  }
  return {
    ...general(link), ...(Object.keys(info).length > 0 ? { linkinfo: info } : {}), ...(mode === 'link' ? { inet6_addr_gen_mode: 'eui64' } : {}),
    num_tx_queues: queues(link), num_rx_queues: queues(link), ...QUEUES,
  }
}
