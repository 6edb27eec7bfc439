/** env -S: one string taken apart into arguments, with quotes, escapes and ${VARIABLES}. */
export class SplitProblem extends Error {}

const ESCAPES: { readonly [letter: string]: string } = { f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '#': '#', $: '$', '"': '"', "'": "'", '\\': '\\', _: ' ' }

export function splitString(text: string, variable: (name: string) => string | undefined): string[] {
  const out: string[] = []
  let word: string | undefined
  let quote: '"' | "'" | undefined
  const add = (piece: string): void => {
    word = (word ?? '') + piece
  }
  const end = (): void => {
    if (word !== undefined) out.push(word)
    word = undefined
  }
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? ''
    if ((c === "'" && quote !== '"') || (c === '"' && quote !== "'")) {
      quote = quote === undefined ? c : undefined
      add('')
    } else if (quote === undefined && /[ \t\n\v\f\r]/.test(c)) end()
    else if (c === '#' && quote === undefined && word === undefined) break
    else if (c === '\\') {
      const next = text[i + 1]
      if (quote === "'" && next !== '\\' && next !== "'") {
        add('\\')
        continue
      }
      i++
      if (next === undefined) throw new SplitProblem('invalid backslash at end of string in -S')
      if (next === 'c') {
        if (quote === '"') throw new SplitProblem("'\\c' must not appear in double-quoted -S string")
        break
      }
      if (next === '_' && quote === undefined) {
        end()
        continue
      }
      const meant = ESCAPES[next]
      if (meant === undefined) throw new SplitProblem(`invalid sequence '\\${next}' in -S`)
      add(meant)
    } else if (c === '$' && quote !== "'") {
      const name = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}/.exec(text.slice(i))
      if (!name) throw new SplitProblem(`only \${VARNAME} expansion is supported, error at: ${text.slice(i)}`)
      add(variable(name[1] ?? '') ?? '')
      i += name[0].length - 1
    } else add(c)
  }
  if (quote !== undefined) throw new SplitProblem('no terminating quote in -S string')
  end()
  return out
}
