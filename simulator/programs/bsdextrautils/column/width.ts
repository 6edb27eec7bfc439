/** wcwidth(3): how many columns a text takes on a terminal. */
const WIDE = /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]$/u
const ZERO = /^[\p{Mn}\p{Me}\u200b-\u200f]$/u

export function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let width = 0
  for (const c of text) width += ZERO.test(c) ? 0 : WIDE.test(c) ? 2 : 1
  return width
}
