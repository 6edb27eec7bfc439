/** Label and field selectors (apimachinery pkg/labels, pkg/fields): `a=b`, `a!=b`, `a`, `!a`, `a in (b,c)`, `a notin (b)`. */
export class SelectorError extends Error {}

/** The API server's words for a selector that does not parse, or a field that a kind cannot be selected by. */
export function checkSelectors(plural: string, labels: string, fields: string): void {
  const fail = (why: string): never => {
    throw new SelectorError(`Unable to find "/v1, Resource=${plural}" that match label selector "${labels}", field selector "${fields}": ${why}`)
  }
  for (const term of terms(labels)) {
    const stray = /^[\w./-]+\s+(?!in\b|notin\b|[=!])(\S+)/.exec(term)?.[1]
    if (stray) fail(`unable to parse requirement: found '${stray}', expected: '=', '!=', '==', 'in', notin'`)
  }
  const known = FIELDS[plural] ?? []
  for (const term of terms(fields)) {
    const name = /^([^!=]+)/.exec(term)?.[1] ?? term
    if (!['metadata.name', 'metadata.namespace', ...known].includes(name)) fail(`field label not supported: ${name}`)
  }
}

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  pods: ['spec.nodeName', 'spec.restartPolicy', 'spec.schedulerName', 'spec.serviceAccountName', 'status.phase', 'status.podIP', 'status.podIPs', 'status.nominatedNodeName'],
  nodes: ['spec.unschedulable'],
  namespaces: ['status.phase'],
  events: ['involvedObject.kind', 'involvedObject.namespace', 'involvedObject.name', 'involvedObject.uid', 'involvedObject.apiVersion', 'involvedObject.resourceVersion', 'involvedObject.fieldPath', 'reason', 'reportingComponent', 'source', 'type'],
}

export function matchesLabels(labels: Readonly<Record<string, string>>, selector: string): boolean {
  return terms(selector).every((term) => {
    const set = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(term)
    if (set) {
      const [, key = '', how, list = ''] = set
      const isIn = labels[key] !== undefined && list.split(',').map((v) => v.trim()).includes(labels[key] ?? '')
      return how === 'in' ? isIn : !isIn
    }
    const not = /^([^!=]+)!=(.*)$/.exec(term)
    if (not) return labels[(not[1] ?? '').trim()] !== (not[2] ?? '').trim()
    const is = /^([^=]+)==?(.*)$/.exec(term)
    if (is) return labels[(is[1] ?? '').trim()] === (is[2] ?? '').trim()
    return term.startsWith('!') ? !(term.slice(1).trim() in labels) : term in labels
  })
}

/** Commas inside parentheses separate values, not terms. */
const terms = (selector: string): string[] => (selector.match(/[^,(]*\([^)]*\)|[^,]+/g) ?? []).map((term) => term.trim()).filter((term) => term !== '')

export function matchesFields(object: unknown, selector: string): boolean {
  return terms(selector).every((term) => {
    const [, path = '', how = '', wanted = ''] = /^([^!=]+)(!?=)=?(.*)$/.exec(term) ?? []
    const value = path.split('.').reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Object.entries(at).find(([k]) => k === key)?.[1] : undefined), object)
    return (String(value ?? '') === wanted) === (how === '=')
  })
}
