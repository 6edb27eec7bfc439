/** What the commands of kubectl v1.20.2 say with `--help` (made by scripts/kubectl-help.mjs). */
import type { Run } from '../../../../kernel/run'
import TEXTS from './v1.20.json'

/** A generator, so that a page fetches the texts when one is shown (scripts/later.txt). */
export function* texts(): Run<Readonly<Record<string, string>>> {
  return TEXTS
}
