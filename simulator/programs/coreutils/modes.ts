/** File modes: `drwxr-xr-x`, and chmod's symbolic form. */
import type { FileKind } from '../../kernel/sys'

export const KIND_LETTER: { readonly [K in FileKind]: string } = { file: '-', dir: 'd', link: 'l', chr: 'c', blk: 'b', fifo: 'p', sock: 's' }

export function modeString(kind: FileKind, mode: number): string {
  const triple = (bits: number, special: boolean, letter: string): string =>
    (bits & 4 ? 'r' : '-') + (bits & 2 ? 'w' : '-') + (special ? (bits & 1 ? letter : letter.toUpperCase()) : bits & 1 ? 'x' : '-')
  return KIND_LETTER[kind] + triple(mode >> 6, (mode & 0o4000) !== 0, 's') + triple(mode >> 3, (mode & 0o2000) !== 0, 's') + triple(mode, (mode & 0o1000) !== 0, 't')
}

/** The mode that `text` makes of `old`; null when it is no mode. */
export function changedMode(text: string, old: number, kind: 'dir' | 'other', umask: number): number | null {
  if (/^[0-7]{1,5}$/.test(text)) {
    const value = Number.parseInt(text, 8)
    if (value > 0o7777) return null
    // Octal modes of fewer than five digits keep a directory's set-id bits.
    return kind === 'dir' && text.length < 5 ? value | (old & 0o6000) : value
  }
  let mode = old
  for (const clause of text.split(',')) {
    const found = /^([ugoa]*)((?:[-+=](?:[ugo]|[rwxXst]*))+)$/.exec(clause)
    if (!found) return null
    const [, who = '', actions = ''] = found
    const classes = who === '' || who.includes('a') ? 'ugo' : who
    for (const [, op = '', perms = ''] of actions.matchAll(/([-+=])([ugo]|[rwxXst]*)/g)) {
      let bits = 0
      let touched = 0
      for (const c of classes) {
        const shift = c === 'u' ? 6 : c === 'g' ? 3 : 0
        // A class's special bit belongs to it; directories keep theirs unless s is said.
        touched |= (7 << shift) | (c === 'o' ? 0o1000 : kind === 'dir' && !perms.includes('s') ? 0 : c === 'u' ? 0o4000 : 0o2000)
        let three = 0
        if (/^[ugo]$/.test(perms)) three = (mode >> (perms === 'u' ? 6 : perms === 'g' ? 3 : 0)) & 7
        else {
          if (perms.includes('r')) three |= 4
          if (perms.includes('w')) three |= 2
          if (perms.includes('x') || (perms.includes('X') && (kind === 'dir' || (mode & 0o111) !== 0))) three |= 1
        }
        bits |= three << shift
        if (perms.includes('s') && c === 'u') bits |= 0o4000
        if (perms.includes('s') && c === 'g') bits |= 0o2000
      }
      if (perms.includes('t')) bits |= 0o1000
      if (who === '') bits &= ~(umask & 0o777)
      if (op === '+') mode |= bits
      else if (op === '-') mode &= ~bits
      else mode = (mode & ~touched) | bits
    }
  }
  return mode
}

/** The type in st_mode (inode(7)). */
export const TYPE_BITS: { readonly [K in FileKind]: number } = { fifo: 0o10000, chr: 0o20000, dir: 0o40000, blk: 0o60000, file: 0o100000, link: 0o120000, sock: 0o140000 }
