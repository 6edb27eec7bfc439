/** `-o yaml` and `-o json` of API objects: keys sorted, as Go marshals maps after a round through JSON. */
import { stringify } from 'yaml'

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, sorted(v)]))
}

export const toJson = (object: unknown): string => `${JSON.stringify(sorted(object), null, 4)}\n`

export const toYaml = (object: unknown): string => stringify(sorted(object), { indentSeq: false, lineWidth: 0, defaultStringType: 'PLAIN', defaultKeyType: 'PLAIN', blockQuote: 'literal', version: '1.1' })
