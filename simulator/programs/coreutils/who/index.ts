/** who(1) of coreutils 9.1: the records of utmp(5), a line each. */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Io } from '../../program'
import { command, extraOperand } from '../command'
import { strftime } from '../date/strftime'
import { type Zone, zoneOf } from '../../libc/timezone'
import { isUser, type LoginRecord, loginRecords, TYPE, UTMP } from '../utmp'
import { HELP, VERSION } from './help'

interface Shown {
  readonly message: 'yes' | 'no'
  readonly idle: 'yes' | 'no'
  readonly exit: 'yes' | 'no'
  readonly short: 'yes' | 'no'
  readonly zone: Zone
}

interface Row {
  readonly user: string
  readonly state?: string
  readonly line: string
  readonly time: string
  readonly idle: string
  readonly pid: string
  readonly comment?: string
  readonly exit?: string
}

/** One line; blanks at its end are not written. */
function line(how: Shown, r: Row): string {
  let out = r.user.padEnd(8)
  if (how.message === 'yes') out += ` ${(r.state ?? ' ').padEnd(1)}`
  out += ` ${r.line.padEnd(12)} ${r.time.padEnd(16)}`
  if (how.short === 'no' && how.idle === 'yes') out += ` ${r.idle.padEnd(6)}`
  if (how.short === 'no' && how.idle === 'yes') out += ` ${r.pid.padStart(10)}`
  out += ` ${(r.comment ?? '').padEnd(8)}`
  if (how.exit === 'yes') out += ` ${(r.exit ?? '').padEnd(12)}`
  return `${out.trimEnd()}\n`
}

/** How long a terminal has been still, and whether it takes messages. */
function terminal(io: Io, name: string, boot: number): { state: string; idle: string } {
  try {
    const stat = io.sys.stat(name.startsWith('/') ? name : `/dev/${name}`)
    const now = io.sys.now().sec
    const quiet = now - stat.atime.sec
    const idle = stat.atime.sec > boot && quiet < 86400 ? (quiet < 60 ? '  .  ' : `${String(Math.floor(quiet / 3600)).padStart(2, '0')}:${String(Math.floor((quiet % 3600) / 60)).padStart(2, '0')}`) : ' old '
    return { state: stat.mode & 0o020 ? '+' : '-', idle }
  } catch (error) {
    if (!isErrno(error)) throw error
    return { state: '?', idle: '  ?' }
  }
}

export default command({
  summary: 'show who is logged on',
  help: HELP, version: VERSION,
  *run(io, options) {
    const { operands } = options
    const [a, b, extra] = operands
    if (extra !== undefined) return extraOperand(io, extra)
    const all = options.has('a')
    const mine = options.has('m') || (a !== undefined && b !== undefined)
    const records = yield* loginRecords(io.sys, operands.length === 1 ? (a ?? UTMP) : UTMP)
    if (options.has('q')) {
      const names = records.filter(isUser).map((r) => r.user)
      io.out(`${names.join(' ')}\n# users=${names.length}\n`)
      return 0
    }
    const chosen = new Set<number>()
    const take = (letters: readonly string[], types: readonly number[]): void => {
      if (all || options.has(...letters)) for (const type of types) chosen.add(type)
    }
    take(['b'], [TYPE.boot])
    take(['d'], [TYPE.dead])
    take(['l'], [TYPE.login])
    take(['p'], [TYPE.init])
    take(['r'], [TYPE.runLevel])
    take(['t'], [TYPE.newTime])
    take(['u'], [TYPE.user])
    const assumed = !all && !options.has('b', 'd', 'l', 'p', 'r', 't', 'u')
    if (assumed) chosen.add(TYPE.user)
    const yes = (on: boolean): 'yes' | 'no' => (on ? 'yes' : 'no')
    const how: Shown = {
      message: yes(all || options.has('T', 'w')), idle: yes(all || options.has('u', 'd', 'l', 'r', 'b')), exit: yes(all || options.has('d')),
      short: yes(assumed && !all), zone: zoneOf(io.env('TZ')),
    }
    if (options.has('H')) io.out(line(how, { user: 'NAME', line: 'LINE', time: 'TIME', idle: 'IDLE', pid: 'PID', comment: 'COMMENT', exit: 'EXIT' }))
    yield* show(io, records, chosen, how, mine)
    return 0
  },
})

function* show(io: Io, records: readonly LoginRecord[], chosen: ReadonlySet<number>, how: Shown, mine: boolean): Run {
  let tty: string | undefined
  if (mine) {
    try {
      tty = io.sys.ttyname(0).replace(/^\/dev\//, '')
    } catch (error) {
      if (!isErrno(error)) throw error
      return
    }
  }
  const boot = records.find((r) => r.type === TYPE.boot)?.sec ?? 0
  for (const r of records) {
    if ((tty !== undefined && r.line !== tty) || !chosen.has(r.type)) continue
    const time = strftime('%Y-%m-%d %H:%M', { sec: r.sec, nsec: 0 }, how.zone)
    const pid = String(r.pid)
    switch (r.type) {
      case TYPE.user: {
        if (r.user === '') break
        const { state, idle } = terminal(io, r.line, boot)
        io.out(line(how, { user: r.user, state, line: r.line, time, idle, pid, comment: r.host === '' ? '' : `(${r.host})` }))
        break
      }
      case TYPE.boot:
        io.out(line(how, { user: '', line: 'system boot', time, idle: '', pid: '' }))
        break
      case TYPE.runLevel: {
        const last = Math.floor(r.pid / 256)
        io.out(line(how, { user: '', line: `run-level ${String.fromCharCode(r.pid % 256)}`, time, idle: '', pid: '', comment: last === 0 ? '' : `last=${String.fromCharCode(last)}` }))
        break
      }
      case TYPE.login:
        io.out(line(how, { user: 'LOGIN', line: r.line, time, idle: terminal(io, r.line, boot).idle, pid, comment: `id=${r.id}` }))
        break
      case TYPE.init:
        io.out(line(how, { user: '', line: r.line, time, idle: '', pid, comment: `id=${r.id}` }))
        break
      case TYPE.dead:
        io.out(line(how, { user: '', line: r.line, time, idle: '', pid, comment: `id=${r.id}`, exit: `term=${r.exit.termination} exit=${r.exit.code}` }))
        break
      case TYPE.newTime:
        io.out(line(how, { user: '', line: 'clock change', time, idle: '', pid: '' }))
        break
    }
  }
}
