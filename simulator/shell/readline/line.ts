/** The text being edited, its cursor and mark, and how to undo what was done to it (readline(3), undo.c's records). */

type Change =
  | { readonly what: 'insert'; readonly start: number; end: number }
  | { readonly what: 'delete'; readonly start: number; readonly text: string }
  | { readonly what: 'begin' }
  | { readonly what: 'end' }

/** Characters typed one after the other are undone together, up to so many. */
const MERGED = 20
const COMBINING = /^[\p{Mn}\p{Me}]$/u

export class Line {
  text = ''
  point = 0
  mark = 0
  private changes: Change[] = []
  get end(): number {
    return this.text.length
  }
  /** Whether there is something to undo. */
  get changed(): boolean {
    return this.changes.length > 0
  }
  insert(text: string): void {
    if (text === '') return
    const last = this.changes.at(-1)
    const { point } = this
    if (text.length === 1 && text < '\x80' && last?.what === 'insert' && last.end === point && last.end - last.start < MERGED) last.end++
    else this.changes.push({ what: 'insert', start: point, end: point + text.length })
    this.put(point, text)
    this.point = point + text.length
  }
  /** Removes what is between two offsets and gives it. The cursor stays on its character. */
  remove(from: number, to: number): string {
    const start = Math.min(from, to)
    const text = this.text.slice(start, Math.max(from, to))
    if (text === '') return ''
    this.changes.push({ what: 'delete', start, text })
    this.cut(start, start + text.length)
    return text
  }
  /** What `work` changes is undone at once. */
  together(work: () => void): void {
    this.changes.push({ what: 'begin' })
    work()
    this.changes.push({ what: 'end' })
  }
  /** False when there is nothing to undo. */
  undo(): boolean {
    let open = 0
    do {
      const change = this.changes.pop()
      if (!change) return false
      if (change.what === 'delete') {
        this.put(change.start, change.text)
        this.point = change.start + change.text.length
      } else if (change.what === 'insert') {
        this.cut(change.start, change.end)
        this.point = change.start
      } else open += change.what === 'end' ? 1 : -1
    } while (open > 0)
    return true
  }
  undoAll(): void {
    while (this.undo());
  }
  /** Another text takes the place of this one; what could be undone is forgotten. */
  replace(text: string, point = text.length): void {
    this.text = text
    this.point = point
    this.changes = []
  }
  save(): SavedLine {
    return { text: this.text, changes: this.changes }
  }
  restore(saved: SavedLine): void {
    this.text = saved.text
    this.changes = saved.changes
    this.point = saved.text.length
  }
  /** The offset of the next character: combining marks belong to what they stand on. */
  next(at: number): number {
    let i = at + this.sizeAt(at)
    while (i < this.end && COMBINING.test(this.characterAt(i))) i += this.sizeAt(i)
    return Math.min(i, this.end)
  }
  previous(at: number): number {
    let i = at
    while (i > 0) {
      i -= i > 1 && /[\udc00-\udfff]/.test(this.text[i - 1] as string) ? 2 : 1
      if (!COMBINING.test(this.characterAt(i))) break
    }
    return i
  }
  characterAt(at: number): string {
    const code = this.text.codePointAt(at)
    return code === undefined ? '' : String.fromCodePoint(code)
  }
  private sizeAt(at: number): number {
    return this.characterAt(at).length
  }
  private put(at: number, text: string): void {
    this.text = this.text.slice(0, at) + text + this.text.slice(at)
  }
  private cut(from: number, to: number): void {
    this.text = this.text.slice(0, from) + this.text.slice(to)
    if (this.point > to) this.point -= to - from
    else if (this.point > from) this.point = from
  }
}

export interface SavedLine {
  readonly text: string
  readonly changes: Change[]
}
