/** Tables of kubectl config (pkg/cmd/config: text/tabwriter, not the printers'). */
import { tabulate } from '../../go/tabwriter'

export const configTable = (rows: readonly (readonly string[])[]): string => tabulate(rows.map((row) => `${row.join('\t')}\n`).join(''), { minWidth: 6, tabWidth: 4, padding: 3, padChar: ' ' })
