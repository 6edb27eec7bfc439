/** Words of a command line between flags (spf13/cobra command.go stripFlags). */
import type { FlagSpec } from './flags'

/** Where the first word stands that is neither a flag nor a flag's value; a flag that is not known is taken to have one. */
export function firstWord(words: readonly string[], specs: readonly FlagSpec[]): number {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (word === '--') return -1
    if (!word.startsWith('-') || word === '-') return at
    const isLong = word.startsWith('--')
    if (isLong ? word.includes('=') : word.length > 2) continue
    const spec = specs.find((flag) => (isLong ? flag.name === word.slice(2) : flag.short === word.charAt(1)))
    if (!spec || (spec.type !== 'bool' && spec.noValue === undefined)) at++
  }
  return -1
}
