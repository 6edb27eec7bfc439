/** A kind in a table: its columns, those of `-o wide`, and a row of it. */
import type { ApiObject } from '../../../../kubernetes/api/objects'

export interface Printer {
  readonly columns: readonly string[]
  readonly wide: readonly string[]
  row(object: ApiObject, now: number, server: string): { readonly cells: readonly string[]; readonly wide: readonly string[] }
}

export const none = (value: string | undefined): string => value || '<none>'
