/** Lines of ps out of fields: where each stands, a wide one that eats the blanks of its neighbours, the cut at the screen's edge (output.c of procps-ng). */
import type { Field } from './formats'

/** What is longest at all. */
export const UNLIMITED = 131_072

export interface Screen {
  readonly columns: number
  /** Signal masks in full, as there is room for them. */
  readonly signals: 'wide' | 'narrow'
}

/** Lines wider than the screen go on: as many screens as the columns need. */
export function screenFor(fields: readonly Field[], columns: number): Screen {
  let total = 0
  let gap = 0
  let signals = 0
  fields.forEach(({ column, width }, i) => {
    if (column?.align === 'signal') signals++
    total += (column?.align === 'unlimited' && i === fields.length - 1 ? 3 : width) + (column ? gap : 0)
    gap = column ? 1 : 0
  })
  const wide = Math.min(Math.ceil(total / columns) || 1, Math.max(1, Math.ceil(UNLIMITED / 2 / columns))) * columns
  return { columns: wide, signals: total + signals * 7 <= wide ? 'wide' : 'narrow' }
}

const signal = (mask: string, screen: Screen): string => {
  if (screen.signals === 'wide' || mask.length < 16) return mask
  return mask.replace(/^0+/, '').length > 8 ? `<${mask.slice(-8)}` : mask.slice(-8)
}

/** One line; `value` gives a field's text, told how much room it has. */
export function line(fields: readonly Field[], screen: Screen, names: 'names' | 'numbers', value: (field: Field, room: number) => string): string {
  let text = ''
  let correct = 0
  let actual = 0
  let apart = 0
  fields.forEach((field, i) => {
    const { column, width } = field
    const next = fields[i + 1]
    const align = column?.align
    let room = width
    if (!next) {
      const pad = correct - actual
      room = pad < 1 ? screen.columns - actual - apart : screen.columns - Math.max(correct, actual)
    }
    let shown = value(field, Math.max(0, Math.min(room, UNLIMITED - 1)))
    if (align === 'signal') shown = signal(shown, screen)
    const left = align === 'right' || ((align === 'user' || align === 'wchan') && names === 'numbers') ? width - shown.length
      : align === 'signal' ? (screen.signals === 'wide' ? 16 : 9) - shown.length : 0
    const space = correct - actual + Math.max(0, left)
    const blanks = space < 1 ? apart : space
    text += ' '.repeat(blanks) + shown
    actual += blanks + shown.length
    correct += width + (align === 'signal' && screen.signals === 'wide' ? 7 : 0)
    apart = column && next?.column ? 1 : 0
    correct += apart
  })
  return text
}
