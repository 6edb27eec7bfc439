/** fnmatch(3): `*`, `?`, `[…]` and `\`; nothing is special about `/` or a leading point. */
const CLASSES: { readonly [name: string]: string } = {
  alnum: 'A-Za-z0-9', alpha: 'A-Za-z', blank: ' \\t', cntrl: '\\0-\\x1f\\x7f', digit: '0-9', graph: '!-~', lower: 'a-z', print: ' -~', punct: '!-\\/:-@\\[-`{-~', space: '\\s', upper: 'A-Z', xdigit: '0-9A-Fa-f',
}
const cache = new Map<string, RegExp>()

/** The pattern as a regular expression of the whole text. */
function expression(pattern: string): RegExp {
  let out = ''
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i] ?? ''
    if (c === '*') out += '.*'
    else if (c === '?') out += '.'
    else if (c === '[') {
      const set = /^\[([!^]?)(\]?(?:\[:\w+:\]|\\.|[^\]])*)\]/s.exec(pattern.slice(i))
      if (!set) out += '\\['
      else {
        const body = (set[2] ?? '').replace(/\[:(\w+):\]|\\(.)|[\\\]^[]/gs, (whole, name: string | undefined, escaped: string | undefined) => (name ? (CLASSES[name] ?? '') : `\\${escaped ?? whole}`))
        out += `[${set[1] ? '^' : ''}${body}]`
        i += set[0].length - 1
      }
    } else {
      const literal = c === '\\' && i + 1 < pattern.length ? (pattern[++i] ?? '') : c
      out += literal.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
    }
  }
  return new RegExp(`^${out}$`, 's')
}

export function fnmatch(pattern: string, text: string): boolean {
  let known = cache.get(pattern)
  if (!known) {
    known = expression(pattern)
    if (cache.size > 200) cache.clear()
    cache.set(pattern, known)
  }
  return known.test(text)
}
