/** How many arguments each function of AWK takes (gawk.info, "Built-in"). */
const count = (least: number, most = least): { readonly least: number; readonly most: number } => ({ least, most })

export const ARGUMENTS: { readonly [name: string]: { readonly least: number; readonly most: number } } = {
  length: count(0, 1), substr: count(2, 3), index: count(2), split: count(2, 4), patsplit: count(2, 4), sub: count(2, 3), gsub: count(2, 3), gensub: count(3, 4), match: count(2, 3), sprintf: count(1, Infinity),
  tolower: count(1), toupper: count(1), sin: count(1), cos: count(1), atan2: count(2), exp: count(1), log: count(1), sqrt: count(1), int: count(1), rand: count(0), srand: count(0, 1),
  system: count(1), close: count(1, 2), fflush: count(0, 1), systime: count(0), strftime: count(0, 3), mktime: count(1, 2), and: count(2, Infinity), or: count(2, Infinity), xor: count(2, Infinity),
  compl: count(1), lshift: count(2), rshift: count(2), strtonum: count(1), asort: count(1, 3), asorti: count(1, 3), typeof: count(1, 2), isarray: count(1), mkbool: count(1),
}
