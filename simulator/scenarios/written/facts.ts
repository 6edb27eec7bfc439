/** What follows from a scenario that has been read. */
import { PROFILES, type Profile } from './profiles'
import type { Scenario } from './schema'

/** The scenario's profile, with what it says itself. */
export function profileOf(scenario: Scenario): Profile {
  const profile = PROFILES[scenario.profile ?? 'containerd-1.6']
  return { ...profile, containerd: scenario.containerd?.version ?? profile.containerd, cgroup: scenario.kernel.cgroup ?? profile.cgroup }
}

/** The pins by what is made, as `sys.pinned` asks for them on a node. */
export function pinsOf(scenario: Scenario, node: string): Map<string, string> {
  const pins = new Map<string, string>()
  const put = (key: string, value: string | number | undefined): void => {
    if (value !== undefined) pins.set(key, String(value))
  }
  for (const pin of scenario.pins ?? []) {
    put(`sandbox ${pin.pod} id`, pin.id)
    put(`sandbox ${pin.pod} pid`, pin.pid)
    put(`sandbox ${pin.pod} shim pid`, pin.shimPid)
    for (const [name, container] of Object.entries(pin.containers ?? {})) {
      put(`container ${pin.pod}/${name} id`, container.id)
      put(`container ${pin.pod}/${name} pid`, container.pid)
    }
  }
  for (const [i, pid] of (scenario.loginPids?.[node] ?? []).entries()) put(`login ${i + 1} pid`, pid)
  return pins
}

/** What the network beyond the nodes grants, as `sys.allotted` asks for it. */
export const allotmentsOf = (scenario: Scenario): Map<string, number> =>
  new Map(Object.entries(scenario.registries ?? {}).map(([host, { pulls }]): [string, number] => [`pulls ${host}`, pulls]))
