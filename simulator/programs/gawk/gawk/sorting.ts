/** The predefined orders of PROCINFO["sorted_in"], asort and asorti (gawk.info, "Controlling Scanning"). */
import { AwkArray, type Element } from './array'
import { compareNumbers, Input, toNumber, toText, type Value } from './values'

export type Direction = '@ind_str_asc' | '@ind_str_desc' | '@ind_num_asc' | '@ind_num_desc' | '@val_type_asc' | '@val_type_desc' | '@val_str_asc' | '@val_str_desc' | '@val_num_asc' | '@val_num_desc'

type Entry = readonly [key: string, value: Element]

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Numbers before strings before arrays. */
function rank(value: Element): number {
  if (value instanceof AwkArray) return 2
  return typeof value === 'number' || value === undefined || (value instanceof Input && value.number !== null) ? 0 : 1
}

const plain = (value: Element): Value => (value instanceof AwkArray ? undefined : value)

export function order(how: string, convfmt: string): ((a: Entry, b: Entry) => number) | undefined {
  const found = /^@(ind_str|ind_num|val_type|val_str|val_num)_(asc|desc)$/.exec(how)
  if (!found) return undefined
  const shown = (e: Entry): string => toText(plain(e[1]), convfmt)
  const by: { readonly [name: string]: (a: Entry, b: Entry) => number } = {
    ind_str: (a, b) => text(a[0], b[0]),
    ind_num: (a, b) => compareNumbers(toNumber(a[0]), toNumber(b[0])) || text(a[0], b[0]),
    val_str: (a, b) => rank(a[1]) - rank(b[1]) > 1 ? -1 : rank(b[1]) - rank(a[1]) > 1 ? 1 : text(shown(a), shown(b)) || text(a[0], b[0]),
    val_num: (a, b) => compareNumbers(toNumber(plain(a[1])), toNumber(plain(b[1]))) || text(shown(a), shown(b)) || text(a[0], b[0]),
    val_type: (a, b) => rank(a[1]) - rank(b[1]) || (rank(a[1]) === 0 ? compareNumbers(toNumber(plain(a[1])), toNumber(plain(b[1]))) : text(shown(a), shown(b))) || text(a[0], b[0]),
  }
  const compare = by[found[1] ?? '']
  if (!compare) return undefined
  return found[2] === 'asc' ? compare : (a, b) => -compare(a, b)
}
