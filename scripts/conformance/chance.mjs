// Chance from a seed, and lines from templates.

/** Numbers by chance from a seed (mulberry32). */
export function random(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    number: (below) => Math.floor(next() * below),
    of: (list) => list[Math.floor(next() * list.length)],
    some: (list, most) => list.filter(() => next() < 0.4).slice(0, most),
    maybe: (text, share = 0.5) => (next() < share ? text : ''),
  }
}

export const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`

/** The end of the group that opens at `start`. */
function closing(template, start) {
  let depth = 0
  for (let i = start; i < template.length; i++) {
    if (template[i] === '⟨') depth++
    else if (template[i] === '⟩' && --depth === 0) return i
  }
  throw new Error(`a group is not closed: ${template}`)
}

function alternatives(body) {
  const parts = ['']
  let depth = 0
  for (const letter of body) {
    if (letter === '⟨') depth++
    else if (letter === '⟩') depth--
    if (letter === '¦' && depth === 0) parts.push('')
    else parts[parts.length - 1] += letter
  }
  return parts
}

/**
 * A line from a template. `⟨a¦b⟩` is one of them, `⟨*a¦b¦c⟩` some of them (up to three) with blanks between, `⟨:name⟩` what the pool of that
 * name gives: a list of templates, or a function of chance. Groups nest.
 */
export function expand(template, r, pools = {}) {
  let line = ''
  for (let i = 0; i < template.length; i++) {
    if (template[i] !== '⟨') {
      line += template[i]
      continue
    }
    const end = closing(template, i)
    const body = template.slice(i + 1, end)
    if (/^:[a-z]+$/.test(body)) {
      const pool = pools[body.slice(1)]
      if (pool === undefined) throw new Error(`no pool ${body}: ${template}`)
      line += typeof pool === 'function' ? pool(r) : expand(r.of(pool), r, pools)
    } else if (body.startsWith('*')) line += r.some(alternatives(body.slice(1)), 3).map((part) => expand(part, r, pools)).join(' ')
    else line += expand(r.of(alternatives(body)), r, pools)
    i = end
  }
  return line
}

/** A generator over templates. */
export const lines = (templates, pools = {}) => (r) => expand(r.of(templates), r, pools).replace(/ {2,}(?=[^ ])/g, ' ').trim()
