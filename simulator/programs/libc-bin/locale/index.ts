/** locale(1) of glibc 2.36 on a node that has C, C.utf8 and POSIX. */
import { silent } from '../../closeout'
import { command } from '../../coreutils/command'
import { HELP, VERSION } from './help'

const CATEGORIES = [
  'LC_CTYPE', 'LC_NUMERIC', 'LC_TIME', 'LC_COLLATE', 'LC_MONETARY', 'LC_MESSAGES', 'LC_PAPER', 'LC_NAME', 'LC_ADDRESS', 'LC_TELEPHONE', 'LC_MEASUREMENT', 'LC_IDENTIFICATION',
]
const KNOWN = /^(C|POSIX|C\.(utf-?8))$/i

/** Keywords of the C locale, by category. */
const KEYWORDS: { readonly [keyword: string]: readonly [category: string, value: string | number, kind: 'text' | 'number'] } = {
  abday: ['LC_TIME', 'Sun;Mon;Tue;Wed;Thu;Fri;Sat', 'text'], day: ['LC_TIME', 'Sunday;Monday;Tuesday;Wednesday;Thursday;Friday;Saturday', 'text'],
  abmon: ['LC_TIME', 'Jan;Feb;Mar;Apr;May;Jun;Jul;Aug;Sep;Oct;Nov;Dec', 'text'],
  mon: ['LC_TIME', 'January;February;March;April;May;June;July;August;September;October;November;December', 'text'],
  am_pm: ['LC_TIME', 'AM;PM', 'text'], d_t_fmt: ['LC_TIME', '%a %b %e %H:%M:%S %Y', 'text'], d_fmt: ['LC_TIME', '%m/%d/%y', 'text'], t_fmt: ['LC_TIME', '%H:%M:%S', 'text'], t_fmt_ampm: ['LC_TIME', '%I:%M:%S %p', 'text'],
  decimal_point: ['LC_NUMERIC', '.', 'text'], thousands_sep: ['LC_NUMERIC', '', 'text'], grouping: ['LC_NUMERIC', -1, 'number'], yesexpr: ['LC_MESSAGES', '^[yY]', 'text'], noexpr: ['LC_MESSAGES', '^[nN]', 'text'],
}

export default command({
  unwritten: silent,
  summary: 'get locale-specific information',
  help: HELP, version: VERSION, hidden: '  -?, --help\n',
  *run(io, options) {
    const all = io.env('LC_ALL') || undefined
    const language = io.env('LANG')
    const valueOf = (category: string): string => all ?? (io.env(category) || language || 'POSIX')
    if (options.has('m')) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    const unknown = (['LC_CTYPE', 'LC_MESSAGES'] as const).filter((c) => !KNOWN.test(valueOf(c)))
    for (const category of unknown) io.err(`${io.name}: Cannot set ${category} to default locale: No such file or directory\n`)
    if (unknown.length > 0 && !CATEGORIES.every((c) => KNOWN.test(valueOf(c)))) io.err(`${io.name}: Cannot set LC_ALL to default locale: No such file or directory\n`)
    if (options.has('a')) {
      io.out('C\nC.utf8\nPOSIX\n')
      return 0
    }
    if (options.operands.length === 0) {
      io.out(`LANG=${language ?? ''}\nLANGUAGE=${io.env('LANGUAGE') ?? ''}\n`)
      for (const category of CATEGORIES) {
        const own = io.env(category)
        io.out(!all && own ? `${category}=${own}\n` : `${category}="${valueOf(category)}"\n`)
      }
      io.out(`LC_ALL=${all ?? ''}\n`)
      return 0
    }
    const utf8 = /utf-?8/i.test(valueOf('LC_CTYPE')) && KNOWN.test(valueOf('LC_CTYPE'))
    let status = 0
    for (const name of options.operands) {
      const keyword = Object.hasOwn(KEYWORDS, name) ? KEYWORDS[name] : name === 'charmap' ? (['LC_CTYPE', utf8 ? 'UTF-8' : 'ANSI_X3.4-1968', 'text'] as const) : undefined
      if (CATEGORIES.includes(name)) {
        io.err(`${io.name}: not simulated in this lab\n`)
        return 125
      }
      if (!keyword) {
        io.err(`${io.name}: unknown name "${name}"\n`)
        status = 1
        continue
      }
      const [category, value, kind] = keyword
      if (options.has('c')) io.out(`${category}\n`)
      io.out(options.has('k') ? `${name}=${kind === 'text' ? `"${value}"` : value}\n` : `${value}\n`)
    }
    return status
  },
})
