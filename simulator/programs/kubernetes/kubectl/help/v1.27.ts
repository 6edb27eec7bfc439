/** What the commands of kubectl v1.27.16 say with `--help` (made by scripts/kubectl-help.mjs). */
import type { Run } from '../../../../kernel/run'
import TEXTS from './v1.27.json'

/** A generator, so that a page fetches the texts when one is shown (scripts/later.txt). */
export function* texts(): Run<Readonly<Record<string, string>>> {
  return TEXTS
}
