/** Go's regular expressions (regexp/syntax) as JavaScript reads them: what the two spell otherwise. Undefined: it does not compile. */
const CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z', alpha: 'A-Za-z', ascii: '\\x00-\\x7f', blank: '\\t ', cntrl: '\\x00-\\x1f\\x7f', digit: '0-9', graph: '!-~', lower: 'a-z',
  print: ' -~', punct: '!-\\/:-@\\[-`{-~', space: '\\t\\n\\v\\f\\r ', upper: 'A-Z', word: '0-9A-Za-z_', xdigit: '0-9A-Fa-f',
}
/** Anchors and groups; look around and references to groups, which Go refuses. */
const SPELLINGS: Readonly<Record<string, string>> = { '\\A': '^', '\\z': '$', '(?P<': '(?<' }
const REFUSED = /^(?:\(\?<?[=!]|\\[1-9k]|\\[CEGKRXZ])/

export function goPattern(text: string): RegExp | undefined {
  const [, flags = '', body = ''] = /^(?:\(\?([ims]+)\))?(.*)$/s.exec(text) ?? []
  let isRefused = false
  // Only then does `\p` name a class, and more is refused than Go refuses.
  let isUnicode = false
  const source = body.replace(/\\Q(.*?)(?:\\E|$)|\[:(\w+):\]|\(\?P?<?[=!]?|\\[pP][A-Z]|\\./gs, (part: string, literal?: string, name?: string) => {
    if (literal !== undefined) return literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    if (name !== undefined) return CLASSES[name] ?? part
    if (REFUSED.test(part)) isRefused = true
    if (/^\\[pP]/.test(part)) isUnicode = true
    if (/^\\[pP][A-Z]$/.test(part)) return `${part.slice(0, 2)}{${part.slice(2)}}`
    return SPELLINGS[part] ?? part
  })
  try {
    return isRefused ? undefined : new RegExp(source, isUnicode ? `${flags}u` : flags)
  } catch {
    return undefined
  }
}
