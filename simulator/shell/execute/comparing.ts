/** How `test` and `[[` compare numbers and files (bash(1), CONDITIONAL EXPRESSIONS). */
import type { Shell } from '../shell'

export function compare(operator: string, a: bigint, b: bigint): boolean {
  switch (operator) {
    case '-eq':
      return a === b
    case '-ne':
      return a !== b
    case '-lt':
      return a < b
    case '-le':
      return a <= b
    case '-gt':
      return a > b
    default:
      return a >= b
  }
}

/** -nt, -ot, -ef. */
export function fileCompare(shell: Shell, operator: string, left: string, right: string): boolean {
  const look = (path: string) => {
    try {
      return shell.sys.stat(path)
    } catch {
      return undefined
    }
  }
  const a = look(left)
  const b = look(right)
  if (operator === '-ef') return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino
  const time = (stat: typeof a): number => (stat ? stat.mtime.sec + stat.mtime.nsec / 1e9 : -1)
  return operator === '-nt' ? time(a) > time(b) : time(a) < time(b)
}
