/** What `time` prints: TIMEFORMAT's directives (bash(1), "Shell Variables"). */
import type { Run } from '../../kernel/run'
import type { Shell } from '../shell'

/** Nanoseconds: elapsed, in user mode, in the kernel. */
export interface Figures {
  readonly R: number
  readonly U: number
  readonly S: number
}

const MS = 1e6

export function* tellTime(shell: Shell, figures: Figures, format: string): Run {
  if (format === '') return
  let out = ''
  for (let i = 0; i < format.length; ) {
    const found = /^%(?:(%)|(\d?)(l?)([RUS])|(P))/.exec(format.slice(i))
    if (!found) {
      if (format[i] === '%' && i + 1 < format.length) {
        yield* shell.error(`TIMEFORMAT: \`${format[i + 1]}': invalid format character`)
        return
      }
      out += format[i++]
      continue
    }
    i += found[0].length
    const [, percent, digits, long, which, share] = found
    if (percent) out += '%'
    else if (share) out += figures.R === 0 ? '0.00' : (((figures.U + figures.S) / figures.R) * 100).toFixed(2)
    else out += duration(figures[which as keyof Figures], Math.min(3, Number(digits || 3)), long ? 'minutes' : 'seconds')
  }
  yield* shell.write(2, `${out}\n`)
}

function duration(ns: number, digits: number, style: 'minutes' | 'seconds'): string {
  const ms = Math.round(ns / MS)
  const shown = (total: number): string => {
    const seconds = Math.floor(total / 1000)
    return digits === 0 ? String(seconds) : `${seconds}.${String(total % 1000).padStart(3, '0').slice(0, digits)}`
  }
  return style === 'minutes' ? `${Math.floor(ms / 60000)}m${shown(ms % 60000)}s` : shown(ms)
}
