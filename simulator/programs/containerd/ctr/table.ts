/** The two layouts of ctr's tables. */
import { tabulate } from '../../go/tabwriter'

const lines = (rows: readonly (readonly (string | number)[])[], end: string): string => rows.map((row) => row.join('\t') + end).join('')

/** Columns four blanks apart, at least four wide; a row's last cell is open unless `closed`. */
export const wideTable = (header: readonly string[], rows: readonly (readonly (string | number)[])[], last: 'open' | 'closed'): string =>
  tabulate(lines([header], '\t\n') + lines(rows, last === 'open' ? '\n' : '\t\n'), { minWidth: 4, tabWidth: 8, padding: 4, padChar: ' ' })

/** Columns one blank apart. */
export const narrowTable = (header: readonly string[], rows: readonly (readonly (string | number)[])[], last: 'open' | 'closed' = 'closed'): string =>
  tabulate(lines([header], '\t\n') + lines(rows, last === 'open' ? '\n' : '\t\n'), { minWidth: 1, tabWidth: 8, padding: 1, padChar: ' ' })
