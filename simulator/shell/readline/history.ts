/** The list of what was typed, and its file (bash(1), HISTORY). */
import { decode, encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { newExpansionMemory } from '../history/expand'

/** What HISTSIZE and HISTFILESIZE are at first. */
export const DEFAULT_SIZE = 500

export class History {
  readonly lines: string[] = []
  /** When each line was typed, Unix time; 0 when that is not known. */
  readonly times: number[] = []
  /** What `!` expansion remembers from line to line. */
  readonly expansion = newExpansionMemory()
  /** The number of the first line kept. */
  base = 1
  /** Lines typed since the file was read or written. */
  private fresh = 0
  get length(): number {
    return this.lines.length
  }
  /** False when the line is not kept. */
  add(line: string, rules: { readonly control?: string | undefined; readonly size?: string | undefined; readonly now?: number } = {}): boolean {
    if (line === '') return false
    const control = (rules.control ?? '').split(':')
    const both = control.includes('ignoreboth')
    if ((both || control.includes('ignorespace')) && /^[ \t]/.test(line)) return false
    if ((both || control.includes('ignoredups')) && this.lines.at(-1) === line) return false
    if (control.includes('erasedups')) {
      for (let i = this.lines.length - 1; i >= 0; i--) if (this.lines[i] === line) this.drop(i)
    }
    this.lines.push(line)
    this.times.push(rules.now ?? 0)
    this.fresh++
    const size = rules.size === undefined ? undefined : Number(rules.size)
    if (size !== undefined && size >= 0) {
      while (this.lines.length > size) {
        this.drop(0)
        this.base++
      }
    }
    return true
  }
  /** Takes the newest line back. */
  takeBack(): void {
    this.lines.pop()
    this.times.pop()
    this.fresh = Math.max(0, this.fresh - 1)
  }
  drop(at: number): void {
    this.lines.splice(at, 1)
    this.times.splice(at, 1)
  }
  clear(): void {
    this.lines.length = 0
    this.times.length = 0
    this.fresh = 0
  }
  /** Lines of a history file; `#1700000000` before a line is its time. */
  read(text: string): void {
    let time = 0
    for (const line of text.split('\n')) {
      const stamp = /^#(\d+)$/.exec(line)
      if (stamp) time = Number(stamp[1])
      else if (line !== '') {
        this.lines.push(line)
        this.times.push(time)
        time = 0
      }
    }
  }
  /** Writes this session's lines to the end of a file, which keeps at most `limit` lines. */
  *append(sys: Sys, path: string, limit?: number): Run {
    const added = this.lines.slice(this.lines.length - Math.min(this.fresh, this.lines.length))
    if (added.length === 0) return
    let before = ''
    try {
      before = decode(yield* sys.readFile(path))
    } catch (error) {
      if (!isErrno(error)) throw error
    }
    const all = [...before.split('\n').filter((line) => line !== ''), ...added]
    const kept = limit === undefined ? all : all.slice(Math.max(0, all.length - limit))
    yield* sys.writeFile(path, encode(kept.map((line) => `${line}\n`).join('')), { mode: 0o600 })
    this.fresh = 0
  }
}
