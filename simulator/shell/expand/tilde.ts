/** Tilde expansion (bash(1), "Tilde Expansion"). */
import { readPasswd } from '../passwd'
import type { Shell } from '../shell'
import type { TildePlace } from './words'

/** `text` is an unquoted literal; a prefix that runs to its end is one only if nothing follows it (`last`). */
export function tildeExpand(shell: Shell, text: string, where: 'start' | 'middle', end: 'last' | 'more', place: TildePlace): string {
  const one = (piece: string, closed: boolean): string => {
    const found = /^~([^/]*)/.exec(piece)
    if (!found || (!closed && found[0].length === piece.length)) return piece
    const home = homeOf(shell, found[1] ?? '')
    return home === undefined ? piece : home + piece.slice(found[0].length)
  }
  if (place === 'word') return where === 'start' ? one(text, end === 'last') : text
  const equals = where === 'start' ? (/^[A-Za-z_]\w*=/.exec(text)?.[0] ?? '') : ''
  const pieces = text.slice(equals.length).split(':')
  return equals + pieces.map((piece, i) => (i === 0 && where === 'middle' ? piece : one(piece, i < pieces.length - 1 || end === 'last'))).join(':')
}

function homeOf(shell: Shell, user: string): string | undefined {
  if (user === '') return shell.vars.get('HOME') ?? readPasswd(shell.sys).find((entry) => entry.uid === shell.sys.credentials.uid)?.home
  if (user === '+') return shell.vars.get('PWD')
  if (user === '-') return shell.vars.get('OLDPWD')
  if (/^[+-]?\d+$/.test(user)) return shell.directories()[Number(user.startsWith('-') ? shell.directories().length - 1 + Number(user) : user)]
  return readPasswd(shell.sys).find((entry) => entry.name === user)?.home
}
