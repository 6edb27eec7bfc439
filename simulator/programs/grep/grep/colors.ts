/** GREP_COLORS (grep(1), "ENVIRONMENT"): what is painted how. */
import type { Io } from '../../program'

export interface Palette {
  readonly match: string
  readonly name: string
  readonly line: string
  readonly offset: string
  readonly separator: string
}

const USUAL: Palette = { match: '01;31', name: '35', line: '32', offset: '32', separator: '36' }
const KEYS: { readonly [capability: string]: keyof Palette } = { mt: 'match', ms: 'match', mc: 'match', fn: 'name', ln: 'line', bn: 'offset', se: 'separator' }

export function palette(io: Io): Palette {
  const colors = { ...USUAL }
  const old = io.env('GREP_COLOR')
  if (old !== undefined && old !== '') {
    io.err(`${io.name}: warning: GREP_COLOR='${old}' is deprecated; use GREP_COLORS='mt=${old}'\n`)
    colors.match = old
  }
  for (const setting of (io.env('GREP_COLORS') ?? '').split(':')) {
    const [capability = '', value] = setting.split('=')
    const key = KEYS[capability]
    if (key && value !== undefined && /^[\d;]*$/.test(value)) colors[key] = value
  }
  return colors
}
