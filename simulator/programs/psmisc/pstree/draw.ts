/** How pstree draws: lines, compaction of equal subtrees, and the cut at the screen's edge (pstree.c of PSmisc). */
import { encode } from '../../../kernel/bytes'
import { NAMESPACES, type Proc } from './tree'

export interface Symbols {
  readonly empty: string
  readonly branch: string
  readonly vertical: string
  readonly last: string
  readonly single: string
  readonly first: string
}

const VT = (text: string): string => `\x1b(0\x0f${text}\x1b(B`
export const ASCII: Symbols = { empty: '  ', branch: '|-', vertical: '| ', last: '`-', single: '---', first: '-+-' }
export const UNICODE: Symbols = { empty: '  ', branch: '├─', vertical: '│ ', last: '└─', single: '───', first: '─┬─' }
export const VT100: Symbols = { empty: '  ', branch: VT('tq'), vertical: `${VT('x')} `, last: VT('mq'), single: VT('qqq'), first: VT('qwq') }

export interface DrawOptions {
  readonly symbols: Symbols
  readonly width: number
  readonly cut: 'cut' | 'whole'
  readonly equal: 'compact' | 'apart'
  readonly arguments: 'shown' | 'hidden'
  /** What stands behind the names. */
  readonly show: ReadonlySet<'pids' | 'pgids' | 'users' | 'namespaces' | 'contexts'>
  readonly colors: 'none' | 'age'
  readonly userName: (uid: number) => string
}

const escaped = (text: string): string =>
  [...encode(text)].map((b) => (b === 0x5c ? '\\\\' : b >= 0x20 && b <= 0x7e ? String.fromCharCode(b) : `\\${b.toString(8).padStart(3, '0')}`)).join('')

const cells = (text: string): number => [...encode(text)].reduce((n, b) => n + (b >= 0x20 && b <= 0x7e ? 1 : 4), 0)

/** Zero has none. */
const digits = (n: number): string => (n === 0 ? '' : String(n))

const BOLD = '\x1b[1m'
const PLAIN = '\x1b[0m'
const ageColor = (age: number): string => (age < 60 ? '\x1b[32m' : age < 3600 ? '\x1b[33m' : '\x1b[31m')

export class Drawing {
  text = ''
  private readonly o: DrawOptions
  private x = 1
  private readonly widths: number[] = []
  private readonly more: boolean[] = []
  constructor(o: DrawOptions) {
    this.o = o
  }
  /** Characters count as they come, also those that switch sets; the first that does not fit is a `+`. */
  put(text: string): void {
    for (const c of text) {
      this.x++
      if (this.o.cut === 'whole' || this.x <= this.o.width) this.text += c
      else if (this.x === this.o.width + 1) this.text += '+'
    }
  }
  newline(): void {
    this.text += '\n'
    this.x = 1
  }
  private equal(a: Proc, b: Proc): boolean {
    const { show } = this.o
    if (a.comm !== b.comm || (show.has('users') && a.uid !== b.uid)) return false
    if (show.has('namespaces') && a.ns.some((n, i) => n !== b.ns[i])) return false
    return a.children.length === b.children.length && a.children.every((child, i) => this.equal(child, b.children[i] ?? child))
  }
  /** Children with how many equal ones each stands for. */
  private grouped(children: readonly Proc[], what: (p: Proc) => boolean): { p: Proc; count: number }[] {
    const left = [...children]
    const groups: { p: Proc; count: number }[] = []
    for (let p = left.shift(); p; p = left.shift()) {
      const one = p
      if (this.o.equal === 'apart' || !what(one)) {
        groups.push({ p: one, count: 1 })
        continue
      }
      const same = left.filter((other) => this.equal(one, other))
      for (const other of same) left.splice(left.indexOf(other), 1)
      groups.push({ p: one, count: same.length + 1 })
    }
    return groups
  }
  private notes(p: Proc, aboveUid: number): string[] {
    const { show, userName } = this.o
    const notes: string[] = []
    if (show.has('pids')) notes.push(digits(p.pid))
    if (show.has('pgids')) notes.push(digits(p.pgid))
    if (show.has('users') && aboveUid !== p.uid) notes.push(userName(p.uid))
    if (show.has('namespaces') && p.parent)
      for (const [i, type] of NAMESPACES.entries()) {
        const above = p.parent.ns[i] ?? 0
        if (p.ns[i] !== 0 && above !== 0 && p.ns[i] !== above) notes.push(type)
      }
    if (show.has('contexts')) notes.push(p.context ? `\`${p.context}` : "`'")
    return notes
  }
  private args(args: readonly string[]): void {
    for (const [i, arg] of args.entries()) {
      const last = i === args.length - 1
      if (!last) this.put(' ')
      if (this.o.cut === 'cut' && this.x + cells(arg) > this.o.width - (last ? 0 : 4)) {
        this.put('...')
        return
      }
      this.put(escaped(arg))
    }
  }
  tree(p: Proc, level = 0, look: { count: number; place: 'first' | 'next'; rest: 'more' | 'last'; above: number; closing: number } = { count: 1, place: 'first', rest: 'last', above: 0, closing: 0 }): void {
    const { o } = this
    const s = o.symbols
    if (look.place === 'next')
      for (let l = 0; l < level; l++) {
        this.put(' '.repeat((this.widths[l] ?? 0) + 1))
        if (l === level - 1) this.put(look.rest === 'last' ? s.last : s.branch)
        else this.put(this.more[l + 1] ? s.vertical : s.empty)
      }
    const repeated = look.count < 2 ? '' : `${look.count}*[`
    this.put(repeated)
    if (o.colors === 'age') this.text += ageColor(p.age)
    if (p.highlighted === 'yes') this.text += BOLD
    const withArgs = o.arguments === 'shown'
    const bare = withArgs && p.args === null
    const name = escaped(p.comm)
    const start = this.x
    this.put(`${bare ? '(' : ''}${name}`)
    const notes = this.notes(p, look.above)
    if (notes.length > 0) this.put(`${withArgs ? ',' : '('}${notes.join(',')}`)
    if (bare || (!withArgs && notes.length > 0)) this.put(')')
    if (p.highlighted === 'yes') this.text += '\x1b[0m'
    if (withArgs) this.args(p.args ?? [])
    if (o.colors === 'age') this.text += PLAIN
    const lines = withArgs || o.show.has('contexts')
    if (lines || p.children.length === 0) {
      this.put(']'.repeat(look.closing))
      this.newline()
    }
    this.more[level] = look.rest === 'more'
    if (lines) this.below(p, level, name)
    else this.beside(p, level, look.closing, this.x - start + repeated.length)
  }
  /** Each child on a line of its own; only threads are compacted. */
  private below(p: Proc, level: number, name: string): void {
    this.widths[level] = (this.o.arguments === 'shown' ? 1 : 0) + (name.length > 1 ? 0 : -1)
    const groups = this.grouped(p.children, (child) => child.kind === 'thread')
    groups.forEach(({ p: child, count }, i) => {
      this.tree(child, level + 1, { count, place: 'next', rest: i === groups.length - 1 ? 'last' : 'more', above: p.uid, closing: count > 1 ? 1 : 0 })
    })
  }
  /** The first child on the line of its parent. */
  private beside(p: Proc, level: number, closing: number, width: number): void {
    const { o } = this
    this.widths[level] = width
    if (this.x >= o.width && o.cut === 'cut') {
      if (p.children.length === 0) return
      this.put(o.symbols.first)
      this.put('+')
      this.newline()
      return
    }
    const groups = this.grouped(p.children, () => true)
    groups.forEach(({ p: child, count }, i) => {
      const rest = i === groups.length - 1 ? 'last' : 'more'
      if (i === 0) this.put(rest === 'more' ? o.symbols.first : o.symbols.single)
      this.tree(child, level + 1, { count, place: i === 0 ? 'first' : 'next', rest, above: p.uid, closing: closing + (count > 1 ? 1 : 0) })
    })
  }
}
