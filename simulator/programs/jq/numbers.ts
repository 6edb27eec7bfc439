/** A number as jq 1.6 prints it: the double's shortest digits, an exponent when there would be many zeros (jv_dtoa.c). */
export function printNumber(literal: string): string {
  const value = Number(literal)
  if (Number.isNaN(value)) return literal
  if (!Number.isFinite(value)) return value < 0 ? '-1.7976931348623157e+308' : '1.7976931348623157e+308'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const [, sign = '', lead = '', rest = '', power = ''] = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(value.toExponential()) ?? []
  const digits = lead + rest
  // The decimal point stands behind so many of the digits.
  const point = Number(power) + 1
  if (point <= -4 || point > digits.length + 15) {
    const exponent = point - 1
    return `${sign}${lead}${rest && `.${rest}`}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

const TOKEN = /"(?:[^"\\]|\\.)*"|(?<![\w.+-])-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/gs

/** JSON with its numbers as 1.6 sees them: later versions keep the digits that were written, and show them in strings. */
export const asDoubles = (json: string): string => json.replace(TOKEN, (token) => (token.startsWith('"') ? token : printNumber(token)))
