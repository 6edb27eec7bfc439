/** Strings with parameters (terminfo(5), "Parameterized Strings"; tparm in curs_terminfo(3)). */

/** How many parameters a string uses. */
export const parameterCount = (text: string): number => Math.max(0, ...Array.from(text.matchAll(/%p([1-9])/g), ([, n]) => Number(n)))

const BINARY: { readonly [operator: string]: (a: number, b: number) => number } = {
  '+': (a, b) => a + b, '-': (a, b) => a - b, '*': (a, b) => a * b, '/': (a, b) => (b === 0 ? 0 : Math.trunc(a / b)), m: (a, b) => (b === 0 ? 0 : a % b),
  '&': (a, b) => a & b, '|': (a, b) => a | b, '^': (a, b) => a ^ b, '=': (a, b) => Number(a === b), '>': (a, b) => Number(a > b), '<': (a, b) => Number(a < b),
  A: (a, b) => Number(a !== 0 && b !== 0), O: (a, b) => Number(a !== 0 || b !== 0),
}

/** One step: a parameter, a constant, a format, or an operator. */
const STEP = /%(?:%|p([1-9])|P([A-Za-z])|g([A-Za-z])|'(.)'|\{(\d+)\}|(:?[-+# ]*\d*(?:\.\d+)?)([doxXsc])|([-+*/m&|^=><AO!~it?e;l]))/y

/** `text` with its parameters put in; a parameter that is missing is 0. */
export function withParameters(text: string, given: readonly number[]): string {
  const parameters = Array.from({ length: 9 }, (_, i) => given[i] ?? 0)
  const variables = new Map<string, number>()
  const stack: number[] = []
  const pop = (): number => stack.pop() ?? 0
  let out = ''
  /** Goes past the branch that is not taken, to what ends it at this depth. */
  const skip = (at: number, until: 'else' | 'end'): number => {
    let depth = 0
    let i = at
    for (; i < text.length; i++) {
      if (text[i] !== '%') continue
      const c = text[++i]
      if (c === '?') depth++
      else if (c === ';' && depth-- === 0) break
      else if (c === 'e' && depth === 0 && until === 'else') break
    }
    return i + 1
  }
  for (let i = 0; i < text.length; ) {
    STEP.lastIndex = i
    const step = text[i] === '%' ? STEP.exec(text) : null
    if (!step) {
      out += text[i++]
      continue
    }
    i = STEP.lastIndex
    const [, parameter, put, get, character, constant, format = '', conversion, operator] = step
    if (parameter) stack.push(parameters[Number(parameter) - 1] ?? 0)
    else if (put) variables.set(put, pop())
    else if (get) stack.push(variables.get(get) ?? 0)
    else if (character) stack.push(character.charCodeAt(0))
    else if (constant) stack.push(Number(constant))
    else if (conversion === 'c') out += String.fromCharCode(pop() || 128)
    else if (conversion) out += formatted(pop(), format.replace(':', ''), conversion)
    else if (operator === 'i') for (const k of [0, 1]) parameters[k] = (parameters[k] ?? 0) + 1
    else if (operator === '!') stack.push(Number(pop() === 0))
    else if (operator === '~') stack.push(~pop())
    else if (operator === 't') {
      if (pop() === 0) i = skip(i, 'else')
    } else if (operator === 'e') i = skip(i, 'end')
    else if (operator && BINARY[operator]) {
      const b = pop()
      stack.push(BINARY[operator](pop(), b))
    } else if (operator === undefined) out += '%'
  }
  return out
}

function formatted(value: number, format: string, conversion: string): string {
  const [, flags = '', width = '', precision] = /^([-+# ]*)(\d*)(?:\.(\d+))?$/.exec(format) ?? []
  const digits = (conversion === 'o' ? value.toString(8) : conversion === 'x' ? value.toString(16) : conversion === 'X' ? value.toString(16).toUpperCase() : String(value)).padStart(Number(precision ?? 0), '0')
  const text = flags.includes('+') && conversion === 'd' && value >= 0 ? `+${digits}` : digits
  if (flags.includes('-')) return text.padEnd(Number(width))
  return text.padStart(Number(width), width.startsWith('0') ? '0' : ' ')
}
