/** A signal as `runc kill` and `ctr task kill -s` take it: a number or a name with or without SIG. */
import { SIG } from '../../kernel/signals'

export function signalNumber(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text)
  const name = text.toUpperCase()
  return Object.entries(SIG).find(([known]) => known === name || known === `SIG${name}`)?.[1]
}
