/** Which keys run which command: readline's emacs keymap with the additions of Debian's /etc/inputrc. */
const CONTROL = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) & 31)

const TABLE: readonly (readonly [command: string, ...keys: string[]])[] = [
  ['set-mark', '\x00', '\x1b '], ['beginning-of-line', CONTROL('A'), '\x1b[H', '\x1bOH', '\x1b[1~'], ['backward-char', CONTROL('B'), '\x1b[D', '\x1bOD'],
  ['delete-char', CONTROL('D'), '\x1b[3~'], ['end-of-line', CONTROL('E'), '\x1b[F', '\x1bOF', '\x1b[4~'], ['forward-char', CONTROL('F'), '\x1b[C', '\x1bOC'],
  ['abort', CONTROL('G'), '\x18\x07', '\x1b\x07'], ['backward-delete-char', CONTROL('H'), '\x7f'], ['complete', '\t'], ['accept-line', '\n', '\r'],
  ['kill-line', CONTROL('K')], ['clear-screen', CONTROL('L')], ['clear-display', '\x1b\x0c'], ['next-history', CONTROL('N'), '\x1b[B', '\x1bOB'],
  ['operate-and-get-next', CONTROL('O')], ['previous-history', CONTROL('P'), '\x1b[A', '\x1bOA'], ['quoted-insert', CONTROL('Q'), CONTROL('V'), '\x1b[2~'],
  ['reverse-search-history', CONTROL('R')], ['forward-search-history', CONTROL('S')], ['transpose-chars', CONTROL('T')], ['unix-line-discard', CONTROL('U')],
  ['unix-word-rubout', CONTROL('W')], ['yank', CONTROL('Y')], ['character-search', '\x1d'], ['character-search-backward', '\x1b\x1d'],
  ['undo', '\x1f', '\x18\x15'], ['exchange-point-and-mark', '\x18\x18'], ['display-shell-version', '\x18\x16'], ['backward-kill-line', '\x18\x7f'],
  ['possible-completions', '\x1b?', '\x1b='], ['insert-completions', '\x1b*'], ['complete-filename', '\x1b/'], ['complete-command', '\x1b!'],
  ['complete-variable', '\x1b$'], ['complete-username', '\x1b~'], ['insert-comment', '\x1b#'], ['tilde-expand', '\x1b&'],
  ['backward-word', '\x1bb', '\x1b[1;5D', '\x1b[5D', '\x1b\x1b[D', '\x1b[1;3D'], ['forward-word', '\x1bf', '\x1b[1;5C', '\x1b[5C', '\x1b\x1b[C', '\x1b[1;3C'],
  ['beginning-of-history', '\x1b<'], ['end-of-history', '\x1b>'], ['capitalize-word', '\x1bc'], ['kill-word', '\x1bd'], ['downcase-word', '\x1bl'],
  ['upcase-word', '\x1bu'], ['transpose-words', '\x1bt'], ['revert-line', '\x1br'], ['yank-pop', '\x1by'], ['yank-nth-arg', '\x1b\x19'],
  ['yank-last-arg', '\x1b.', '\x1b_'], ['delete-horizontal-space', '\x1b\\'], ['backward-kill-word', '\x1b\x7f', '\x1b\x08'],
  ['bracketed-paste-begin', '\x1b[200~'], ['digit-argument', ...[...'-0123456789'].map((key) => `\x1b${key}`)],
]

const COMMANDS: ReadonlyMap<string, string> = new Map(TABLE.flatMap(([command, ...keys]) => keys.map((key) => [key, command] as const)))
const PREFIXES: ReadonlySet<string> = new Set([...COMMANDS.keys()].flatMap((key) => Array.from({ length: key.length - 1 }, (_, i) => key.slice(0, i + 1))))

export type Meaning = { readonly kind: 'command'; readonly name: string } | { readonly kind: 'prefix' } | { readonly kind: 'insert' } | { readonly kind: 'unbound' }

export function meaningOf(keys: string): Meaning {
  const name = COMMANDS.get(keys)
  if (name !== undefined) return { kind: 'command', name }
  if (PREFIXES.has(keys)) return { kind: 'prefix' }
  if (keys.length === 1 && (keys >= ' ' && keys !== '\x7f')) return { kind: 'insert' }
  // Meta with a capital letter is what Meta with the small one is (do-lowercase-version).
  if (/^\x1b[A-Z]$/.test(keys)) return meaningOf(keys.toLowerCase())
  return { kind: 'unbound' }
}
