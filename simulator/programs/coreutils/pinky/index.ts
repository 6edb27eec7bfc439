/** pinky(1) of coreutils 9.1: who is logged in, by utmp(5), or what passwd(5) says of users. */
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { zoneOf } from '../../libc/timezone'
import type { Io } from '../../program'
import { command, type Options, wrongCall } from '../command'
import { strftime } from '../date/strftime'
import { isUser, loginRecords, UTMP } from '../utmp'
import { HELP, VERSION } from './help'

interface Person {
  readonly name: string
  readonly gecos: string
  readonly home: string
  readonly shell: string
}

function* read(io: Io, path: string): Run<string> {
  try {
    return decode(yield* io.sys.readFile(path))
  } catch (error) {
    if (!isErrno(error)) throw error
    return ''
  }
}

function* people(io: Io): Run<Person[]> {
  const lines = (yield* read(io, '/etc/passwd')).split('\n').filter((line) => line !== '')
  return lines.map((line) => {
    const [name = '', , , , gecos = '', home = '', shell = ''] = line.split(':')
    return { name, gecos, home, shell }
  })
}

/** The first of the comma-separated parts; `&` is the name with a capital. */
function realName(person: Person): string {
  return (person.gecos.split(',')[0] ?? '').replaceAll('&', person.name.charAt(0).toUpperCase() + person.name.slice(1))
}

function* long(io: Io, options: Options): Run {
  const all = yield* people(io)
  for (const name of options.operands) {
    const person = all.find((each) => each.name === name)
    io.out(`Login name: ${name.padEnd(28)}In real life: `)
    if (!person) {
      io.out(' ???\n')
      continue
    }
    io.out(` ${realName(person)}\n`)
    if (!options.has('b')) io.out(`Directory: ${person.home.padEnd(29)}Shell:  ${person.shell}\n`)
    for (const [letter, file, title] of [['h', '.project', 'Project: '], ['p', '.plan', 'Plan:\n']] as const) {
      if (options.has(letter)) continue
      const text = yield* read(io, `${person.home}/${file}`)
      if (text !== '') io.out(title + text)
    }
    io.out('\n')
  }
}

/** How long a terminal has been still: minutes below a day, else days; nothing below a minute. */
function idleOf(quiet: number): string {
  if (quiet < 60) return '     '
  if (quiet < 86400) return `${String(Math.floor(quiet / 3600)).padStart(2, '0')}:${String(Math.floor((quiet % 3600) / 60)).padStart(2, '0')}`
  return `${Math.floor(quiet / 86400)}d`
}

function* brief(io: Io, options: Options): Run {
  const names = !options.has('w', 'i', 'q')
  const idle = !options.has('q')
  const where = !options.has('i', 'q')
  const zone = zoneOf(io.env('TZ'))
  if (!options.has('f')) io.out(`Login   ${names ? ' Name               ' : ''} ${' TTY     '}${idle ? ' Idle  ' : ''} ${'When            '}${where ? ' Where' : ''}\n`)
  const all = yield* people(io)
  for (const record of (yield* loginRecords(io.sys, UTMP)).filter(isUser)) {
    if (options.operands.length > 0 && !options.operands.includes(record.user)) continue
    let state = '?'
    let still = '?????'
    try {
      const stat = io.sys.stat(record.line.startsWith('/') ? record.line : `/dev/${record.line}`)
      state = stat.mode & 0o020 ? ' ' : '*'
      still = idleOf(io.sys.now().sec - stat.atime.sec)
    } catch (error) {
      if (!isErrno(error)) throw error
    }
    const person = all.find((each) => each.name === record.user)
    io.out(record.user.padEnd(8))
    if (names) io.out(person ? ` ${realName(person).slice(0, 19).padEnd(19)}` : ` ${'        ???'.padEnd(19)}`)
    io.out(` ${state}${record.line.padEnd(8)}`)
    if (idle) io.out(` ${still.padEnd(6)}`)
    io.out(` ${strftime('%Y-%m-%d %H:%M', { sec: record.sec, nsec: 0 }, zone)}`)
    if (where && record.host !== '') io.out(` ${record.host}`)
    io.out('\n')
  }
}

export default command({
  summary: 'lightweight finger', help: HELP, version: VERSION, size: 48_176,
  *run(io, options) {
    if (options.last('l', 's') === 'l') {
      if (options.operands.length === 0) return wrongCall(io, 'no username specified; at least one must be specified when using -l')
      yield* long(io, options)
    } else yield* brief(io, options)
    return 0
  },
})
