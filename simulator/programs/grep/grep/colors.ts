/** GREP_COLORS (grep(1), "ENVIRONMENT"): what is painted how. */
import type { Io } from '../../program'

export interface Palette {
  readonly match: string
  readonly contextMatch: string
  readonly name: string
  readonly line: string
  readonly offset: string
  readonly separator: string
  /** Whole lines: selected ones, and those of the context. */
  readonly selected: string
  readonly context: string
  /** `ne`: no erasing to the end of the line (EL). */
  readonly erases: boolean
}

const USUAL: Palette = { match: '01;31', contextMatch: '01;31', name: '35', line: '32', offset: '32', separator: '36', selected: '', context: '', erases: true }
const KEYS: { readonly [capability: string]: Exclude<keyof Palette, 'erases'> } = { ms: 'match', mc: 'contextMatch', fn: 'name', ln: 'line', bn: 'offset', se: 'separator', sl: 'selected', cx: 'context' }

export function palette(io: Io, swaps: 'inverted' | 'plain'): Palette {
  const colors = { ...USUAL }
  let reversed = false
  const old = io.env('GREP_COLOR')
  if (old !== undefined && old !== '') {
    io.err(`${io.name}: warning: GREP_COLOR='${old}' is deprecated; use GREP_COLORS='mt=${old}'\n`)
    colors.match = colors.contextMatch = old
  }
  for (const setting of (io.env('GREP_COLORS') ?? '').split(':')) {
    const [capability = '', value] = setting.split('=')
    const key = KEYS[capability]
    if (capability === 'mt' && value !== undefined) colors.match = colors.contextMatch = value
    if (capability === 'ne' && value === undefined) colors.erases = false
    if (capability === 'rv' && value === undefined) reversed = true
    if (key && value !== undefined && /^[\d;]*$/.test(value)) colors[key] = value
  }
  // rv: with -v the two kinds of lines change places.
  return reversed && swaps === 'inverted' ? { ...colors, selected: colors.context, context: colors.selected } : colors
}
