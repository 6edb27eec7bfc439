/** `-o yaml` and `-o json` of API objects: keys sorted, as Go marshals maps after a round through JSON. */
import { stringify } from 'yaml'

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, sorted(v)]))
}

export const toJson = (object: unknown): string => `${JSON.stringify(sorted(object), null, 4)}\n`

export const toYaml = (object: unknown): string => stringify(sorted(object), { indentSeq: false, lineWidth: 0, defaultStringType: 'PLAIN', defaultKeyType: 'PLAIN', blockQuote: 'literal', version: '1.1' })

/** JSONPath as kubectl has it, the common part: `{.a.b[0].c}`, `{.items[*].x}`, text between. Undefined for what is not simulated. */
export function jsonPath(template: string, object: unknown): string | undefined {
  let out = ''
  for (const part of template.match(/\{[^}]*\}|[^{]+/g) ?? []) {
    if (!part.startsWith('{')) {
      out += part
      continue
    }
    const inner = part.slice(1, -1).trim()
    if (/^"(.*)"$/.test(inner)) {
      out += JSON.parse(inner) as string
      continue
    }
    const values = walk(inner, object)
    if (!values) return undefined
    out += values.map((v) => (typeof v === 'object' ? JSON.stringify(v) : String(v))).join(' ')
  }
  return out
}

function walk(path: string, object: unknown): unknown[] | undefined {
  let at: unknown[] = [object]
  const steps = path.match(/\.[^.[\]]+|\[\*\]|\[\d+\]|\['[^']+'\]|\.\*/g)
  if (!steps || steps.join('') !== path.replace(/^\$/, '')) return undefined
  for (const step of steps) {
    if (step === '[*]' || step === '.*') at = at.flatMap((v) => (Array.isArray(v) ? v : typeof v === 'object' && v !== null ? Object.values(v) : []))
    else if (/^\[\d+\]$/.test(step)) at = at.flatMap((v) => (Array.isArray(v) && v[Number(step.slice(1, -1))] !== undefined ? [v[Number(step.slice(1, -1))]] : []))
    else {
      const key = step.startsWith('.') ? step.slice(1) : step.slice(2, -2)
      at = at.flatMap((v) => (typeof v === 'object' && v !== null && key in v ? [(v as Record<string, unknown>)[key]] : []))
    }
  }
  return at
}
