/** The prompt's escapes as busybox has them (libbb/lineedit.c, CONFIG_FEATURE_EDITING_FANCY_PROMPT): the directory is that of the kernel, home that of the account. */
import { readPasswd } from '../passwd'
import type { Shell } from '../shell'

const SIMPLE: Readonly<Record<string, string>> = { a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', n: '\n', r: '\r', v: '\v', '\\': '\\' }

export interface Prompt {
  readonly text: string
  /** Columns of its last line. */
  readonly width: number
}

export function decodePrompt(shell: Shell, raw: string): Prompt {
  let text = ''
  let width = 0
  let hidden = false
  for (const [, octal, letter, plain] of raw.matchAll(/\\(?:([0-7]{1,3})|([\s\S]))|([\s\S])/gu)) {
    if (letter === '[' || letter === ']') {
      const opens = letter === '['
      if (opens !== hidden) {
        hidden = opens
        continue
      }
    }
    const piece = octal !== undefined ? String.fromCharCode(Number.parseInt(octal, 8) & 255) : letter !== undefined ? escaped(shell, letter) : (plain ?? '')
    text += piece
    if (piece === '\n') width = 0
    else if (!hidden) width += [...piece].length
  }
  return { text, width }
}

function escaped(shell: Shell, letter: string): string {
  const { sys } = shell
  switch (letter) {
    case 'u':
      return account(shell)?.name ?? ''
    case 'H':
      return sys.uname().nodename
    case 'h':
      return sys.uname().nodename.split('.')[0] ?? ''
    case '$':
      return sys.credentials.euid === 0 ? '#' : '$'
    case 'T':
    case '@':
    case 'A':
    case 't':
      return new Date(sys.now().sec * 1000).toISOString().slice(11, 16)
    case 'w':
      return directory(shell)
    case 'W':
      return directory(shell).replace(/^.*\//, '')
    default:
      return SIMPLE[letter] ?? letter
  }
}

const account = ({ sys }: Shell) => readPasswd(sys).find(({ uid }) => uid === sys.credentials.euid)

function directory(shell: Shell): string {
  const here = shell.sys.getcwd()
  const home = account(shell)?.home ?? ''
  return home !== '' && (here === home || here.startsWith(`${home}/`)) ? `~${here.slice(home.length)}` : here
}
