/** The machines of a scenario of content/, booted for a test, and a session on one of them. */
import distribution from '../../content/nodes/debian-12.json'
import type { Machine } from '../machine/machine'
import { Session } from '../machine/session'
import { PROGRAMS } from '../programs/registry'
import { loadWritten } from '../scenarios/written/load'
import { parseScenario } from '../scenarios/written/schema'

const SCENARIOS = import.meta.glob<{ default: string }>('../../content/scenarios/*.yaml', { query: '?raw', eager: true })

/** The host's clock stands still: a test has as long as it takes. */
const hostNow = (): number => 0

/** `more`: YAML that the scenario says beside what its file says. Throws where there is none of that name. */
export function machineOf(name: string, more = ''): Machine {
  const file = SCENARIOS[`../../content/scenarios/${name}.yaml`]
  if (!file) throw new Error(`content/scenarios has no ${name}.yaml`)
  return loadWritten(parseScenario(`${file.default}\n${more}`, `${name}.yaml`), { distribution, hostNow, programs: PROGRAMS, load: () => Promise.reject(new Error('none')) })
}

export const sessionOn = (machine: Machine, host: string): Session => new Session(machine, { host, hostNow })
