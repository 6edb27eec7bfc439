/** Label and field selectors (apimachinery pkg/labels, pkg/fields): `a=b`, `a!=b`, `a`, `!a`, `a in (b,c)`, `a notin (b)`. */
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
