/** Prompt strings (bash(1), PROMPTING). */
import { readPasswd } from './passwd'
import type { Shell } from './shell'

/** The backslash escapes only; parameters in the result are expanded by who shows it. */
export function decodePrompt(shell: Shell, text: string): string {
  return text.replace(/\\([0-7]{3}|[\s\S])/g, (whole, c: string) => {
    if (/^[0-7]{3}$/.test(c)) return String.fromCharCode(Number.parseInt(c, 8))
    switch (c) {
      case 'a':
        return '\x07'
      case 'e':
        return '\x1b'
      case 'n':
        return shell.mode === 'prompt' ? '\r\n' : '\n'
      case 'r':
        return '\r'
      case 'h':
        return shell.sys.uname().nodename.split('.')[0] ?? ''
      case 'H':
        return shell.sys.uname().nodename
      case 'u':
        return readPasswd(shell.sys).find((entry) => entry.uid === shell.sys.credentials.euid)?.name ?? 'I have no name!'
      case 'w':
        return homeShort(shell, shell.vars.get('PWD') ?? shell.sys.getcwd())
      case 'W': {
        const path = homeShort(shell, shell.vars.get('PWD') ?? shell.sys.getcwd())
        return path === '/' || path === '~' ? path : path.slice(path.lastIndexOf('/') + 1)
      }
      case '$':
        return shell.sys.credentials.euid === 0 ? '#' : '$'
      case 's': {
        const { name } = shell
        return name.slice(name.lastIndexOf('/') + 1)
      }
      case 'v':
        return '5.2'
      case 'V':
        return '5.2.15'
      case 'j':
        return String(shell.jobs.list.length)
      case 'l':
        return 'pts/0'
      case '!':
      case '#':
        return String(shell.history.length + 1)
      case 't':
      case 'T':
      case 'A':
      case '@':
      case 'd':
        return clock(shell, c)
      case '[':
        return '\x01'
      case ']':
        return '\x02'
      case '\\':
        return '\\'
      default:
        return whole
    }
  })
}

export function homeShort(shell: Shell, path: string): string {
  const home = shell.vars.get('HOME')
  return home && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function clock(shell: Shell, style: string): string {
  const date = new Date(shell.sys.now().sec * 1000)
  const two = (n: number): string => String(n).padStart(2, '0')
  const h = date.getUTCHours()
  const m = two(date.getUTCMinutes())
  if (style === 'd') return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${two(date.getUTCDate())}`
  if (style === 't') return `${two(h)}:${m}:${two(date.getUTCSeconds())}`
  if (style === 'T') return `${two(h % 12 || 12)}:${m}:${two(date.getUTCSeconds())}`
  return style === 'A' ? `${two(h)}:${m}` : `${two(h % 12 || 12)}:${m} ${h < 12 ? 'AM' : 'PM'}`
}
