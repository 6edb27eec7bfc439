/** Which devices a container may use: the rules of its specification, then those that every container has (libcontainer/specconv AllowedDevices), as the list of cgroup v1. */
import type { OciResources } from '../oci/types'

type Rule = NonNullable<OciResources['devices']>[number]

const every = (type: string, major: number, minor: number, access = 'rwm'): Rule => ({ allow: true, type, major, minor, access })
const ALLOWED: readonly Rule[] = [
  every('c', -1, -1, 'm'), every('b', -1, -1, 'm'), every('c', 1, 3), every('c', 1, 8), every('c', 1, 7), every('c', 5, 0), every('c', 1, 5), every('c', 1, 9),
  every('c', 136, -1), every('c', 5, 2), every('c', 10, 200),
]
const ANY = -1
/** By their letters; not by localeCompare, which takes milliseconds when it is first called. */
const typeOf = ({ type = '' }: Rule): number => type.charCodeAt(0)
const shown = (number: number | undefined): string => (number === undefined || number === ANY ? '*' : String(number))

/** Lines for devices.allow in the order in which libcontainer writes them (cgroups/devices, by type and numbers); undefined where everything stays allowed. */
export function deviceRules(devices: OciResources['devices']): readonly string[] | undefined {
  let everything = false
  const rules = new Map<string, Rule>()
  for (const rule of [...(devices ?? []), ...ALLOWED]) {
    if (!rule.type || rule.type === 'a') {
      everything = rule.allow
      rules.clear()
      continue
    }
    if (everything) continue
    const key = `${rule.type} ${shown(rule.major)}:${shown(rule.minor)}`
    const access = new Set([...(rules.get(key)?.access ?? ''), ...(rule.allow ? (rule.access ?? '') : '')])
    if (!rule.allow) for (const letter of rule.access ?? '') access.delete(letter)
    if (access.size === 0) rules.delete(key)
    else rules.set(key, { ...rule, access: ['r', 'w', 'm'].filter((letter) => access.has(letter)).join('') })
  }
  if (everything) return undefined
  return [...rules.entries()]
    .sort(([, a], [, b]) => typeOf(a) - typeOf(b) || (a.major ?? ANY) - (b.major ?? ANY) || (a.minor ?? ANY) - (b.minor ?? ANY))
    .map(([key, { access }]) => `${key} ${access}`)
}
