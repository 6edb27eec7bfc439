/** capsh(1) of libcap 2.66: shows and changes what a process may, argument by argument, and runs a shell with what is left. */
import { ALL_CAPABILITIES, CAPABILITIES, type Credentials } from '../../../kernel/credentials'
import { Errno, isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { accounts, type Accounts } from '../../coreutils/accounts'
import { type Io, program } from '../../program'
import { bit, capabilityNumber, iabToText, namesOf, setsFromText, setsToText } from '../text'
import { USAGE } from './help'

const SHELL = '/bin/bash'
/** The modes of libcap; without securebits a process is in the last. */
const MODES = ['NOPRIV', 'PURE1E_INIT', 'PURE1E', 'HYBRID']
const MODE = 'HYBRID'

/** What changes for the program that is run at the end. */
interface Launch {
  shell: string
  env: Map<string, string>
  user: 'fix environment' | 'leave environment'
}

type Step = (io: Io, value: string, names: Accounts, launch: Launch) => void

const fail = (io: Io, message: string): never => {
  io.err(`${message}\n`)
  return io.exit(1)
}

const setsOf = ({ capEffective, capPermitted, capInheritable }: Credentials) => ({ effective: capEffective, permitted: capPermitted, inheritable: capInheritable })

/** The mask of a list of names; the names that libcap does not know end the program. */
function maskOf(io: Io, list: string): bigint {
  let mask = 0n
  for (const name of list.split(',').filter(Boolean)) {
    const n = capabilityNumber(name)
    if (n === undefined) return fail(io, `capability [${name}] is unknown to libcap`)
    mask |= bit(n)
  }
  return mask
}

function known(io: Io, name: string): bigint {
  const n = capabilityNumber(name)
  return n === undefined ? fail(io, `cap[${name}] not recognized by library`) : bit(n)
}

function natural(io: Io, option: string, value: string): number {
  if (!/^\s*\+?(?:0x[\da-f]+|\d+)$/i.test(value)) return fail(io, `invalid --${option} value: want non-negative integer, got "${value}"`)
  return Number(value)
}

/** Does what may be forbidden. */
function allowed(io: Io, message: string, act: () => void): void {
  try {
    act()
  } catch (error) {
    if (!(error instanceof Errno)) throw error
    fail(io, message.replace('%s', error.message))
  }
}

const must = (io: Io, held: bigint, want: bigint, message: string): void => {
  if ((held & want) === 0n) fail(io, message)
}

/** Arguments of the form `--NAME=VALUE`. */
const VALUED: { readonly [name: string]: Step } = {
  decode: (io, value) => {
    const mask = /^(?:0x)?[\da-f]+/i.test(value) ? BigInt.asUintN(64, BigInt(`0x${/^(?:0x)?([\da-f]+)/i.exec(value)?.[1] ?? 0}`)) : 0n
    io.out(`0x${mask.toString(16).padStart(16, '0')}=${namesOf(mask)}\n`)
  },
  supports: (io, value) => {
    if (known(io, value) > ALL_CAPABILITIES) fail(io, `cap[${value}] not supported by kernel`)
  },
  'has-p': (io, value) => must(io, io.sys.credentials.capPermitted, known(io, value), `cap[${value}] not permitted`),
  'has-i': (io, value) => must(io, io.sys.credentials.capInheritable, known(io, value), `cap[${value}] not inheritable`),
  'has-a': (io, value) => must(io, io.sys.credentials.capAmbient, known(io, value), `cap[${value}] not in ambient vector`),
  'has-b': (io, value) => must(io, io.sys.credentials.capBounding, known(io, value), `cap[${value}] not in bounding vector`),
  'is-uid': (io, value) => {
    const want = natural(io, 'is-uid', value)
    if (io.sys.credentials.uid !== want) fail(io, `uid: got=${io.sys.credentials.uid}, want=${want}`)
  },
  'is-gid': (io, value) => {
    const want = natural(io, 'is-gid', value)
    if (io.sys.credentials.gid !== want) fail(io, `gid: got=${io.sys.credentials.gid}, want=${want}`)
  },
  inmode: (io, value) => {
    if (value === MODE) return
    io.out(`mismatched mode got=${MODE} want=${value}\n`)
    io.exit(1)
  },
  drop: (io, value) => {
    const mask = value === 'all' ? ALL_CAPABILITIES : maskOf(io, value)
    allowed(io, 'unable to raise CAP_SETPCAP for BSET changes: %s', () => io.sys.setCredentials({ capBounding: io.sys.credentials.capBounding & ~mask }))
  },
  caps: (io, value) => {
    const sets = setsFromText(value)
    if (!sets) return fail(io, `unable to interpret [--caps=${value}]`)
    allowed(io, `Unable to set capabilities [--caps=${value}]`, () => io.sys.setCredentials({ capEffective: sets.effective, capPermitted: sets.permitted, capInheritable: sets.inheritable }))
  },
  inh: (io, value) => {
    const numbers = value.split(',').filter(Boolean).map(capabilityNumber)
    if (numbers.includes(undefined)) fail(io, 'Fatal error internalizing capabilities: Invalid argument')
    allowed(io, 'Unable to set inheritable capabilities: %s', () => io.sys.setCredentials({ capInheritable: numbers.reduce((mask, n) => mask | bit(n ?? 0), 0n) }))
  },
  addamb: (io, value) => {
    for (const name of value.split(',').filter(Boolean)) {
      const mask = maskOf(io, name)
      allowed(io, `failed to raise ambient [${name}=${capabilityNumber(name)}]`, () => io.sys.setCredentials({ capAmbient: io.sys.credentials.capAmbient | mask }))
    }
  },
  delamb: (io, value) => io.sys.setCredentials({ capAmbient: io.sys.credentials.capAmbient & ~maskOf(io, value) }),
  uid: (io, value) => setUid(io, natural(io, 'uid', value)),
  gid: (io, value) => setGid(io, natural(io, 'gid', value)),
  groups: (io, value, { groups }) => {
    const ids = value.split(',').filter(Boolean).map((name) => {
      const id = /^\d+$/.test(name) ? Number(name) : groups.find((group) => group.name === name)?.id
      return id ?? fail(io, `Failed to identify gid for group [${name}]`)
    })
    allowed(io, 'Failed to setgroups.', () => io.sys.setCredentials({ groups: ids }))
  },
  user: (io, value, { users, groups }, launch) => {
    const user = users.find((one) => one.name === value)
    if (!user) return fail(io, `User [${value}] not known`)
    if (launch.user === 'fix environment') {
      for (const [name, text] of [['USER', user.name], ['HOME', user.home]] as const) if (launch.env.has(name)) launch.env.set(name, text)
    }
    allowed(io, 'Unable to set group list for user: %s', () => io.sys.setCredentials({ groups: [user.group, ...groups.filter((group) => group.id !== user.group && group.members.includes(user.name)).map((group) => group.id)] }))
    setGid(io, user.group)
    setUid(io, user.id)
  },
  chroot: (io, value) => {
    try {
      io.sys.chroot(value)
      io.sys.chdir('/')
    } catch (error) {
      if (!isErrno(error)) throw error
      io.err(`Unable to chroot/chdir to [${value}]`)
      io.exit(1)
    }
  },
  shell: (_io, value, _names, launch) => {
    launch.shell = value
  },
}

const setUid = (io: Io, uid: number): void => allowed(io, `Failed to set uid=${uid}: %s`, () => io.sys.setCredentials({ uid, euid: uid, suid: uid, fsuid: uid }))
const setGid = (io: Io, gid: number): void => allowed(io, `Failed to set gid=${gid}: %s`, () => io.sys.setCredentials({ gid, egid: gid, sgid: gid, fsgid: gid }))

/** Arguments without a value. */
const PLAIN: { readonly [name: string]: Step } = {
  '--current': current,
  '--print': print,
  '--mode': (io) => io.out(`Mode: ${MODE}\n`),
  '--modes': (io) => io.out(`Supported modes: ${MODES.join(' ')}\n`),
  '--has-ambient': () => {},
  '--has-no-new-privs': (io) => {
    if (!io.sys.credentials.noNewPrivs) fail(io, 'no-new-privs not set')
  },
  '--no-new-privs': (io) => io.sys.setCredentials({ noNewPrivs: true }),
  '--noamb': (io) => io.sys.setCredentials({ capAmbient: 0n }),
  '--noenv': (_io, _value, _names, launch) => {
    launch.user = 'leave environment'
  },
  // Turns fixups off that nothing here needs.
  '--strict': () => {},
  '--quiet': () => {},
}

const NOT_SIMULATED = /^--(?:cap-uid|explain|suggest|forkfor|killit|iab|keep|secbits|mode)=|^--license$|^(?:-|=)\+$/

function current(io: Io): void {
  io.out(`Current: ${setsToText(setsOf(io.sys.credentials))}\nCurrent IAB: ${iabToText(io.sys.credentials)}\n`)
}

function print(io: Io, _value: string, names: Accounts): void {
  const { credentials } = io.sys
  const shown = (id: number, name: string | undefined): string => `${id}(${name ?? '???'})`
  const held = (mask: bigint): string => namesOf(mask & ((1n << BigInt(CAPABILITIES.length)) - 1n))
  io.out([
    `Current: ${setsToText(setsOf(credentials))}`,
    `Bounding set =${held(credentials.capBounding)}`,
    `Ambient set =${held(credentials.capAmbient)}`,
    `Current IAB: ${iabToText(credentials)}`,
    `Securebits: 00/0x0/1'b0 (no-new-privs=${credentials.noNewPrivs ? 1 : 0})`,
    ' secure-noroot: no (unlocked)',
    ' secure-no-suid-fixup: no (unlocked)',
    ' secure-keep-caps: no (unlocked)',
    ' secure-no-ambient-raise: no (unlocked)',
    `uid=${shown(credentials.uid, names.user(credentials.uid))} euid=${shown(credentials.euid, names.user(credentials.euid))}`,
    `gid=${shown(credentials.gid, names.group(credentials.gid))}`,
    `groups=${credentials.groups.map((id) => shown(id, names.group(id))).join(',')}`,
    `Guessed mode: ${MODE} (4)`,
    '',
  ].join('\n'))
}

/** What was printed to no terminal is still in stdio's buffer, and is lost with it. */
function* launched(io: Io, file: string, argv: readonly string[], env: ReadonlyMap<string, string>): Run<number> {
  if (io.sys.isatty(1)) yield* io.flush()
  try {
    return yield* io.sys.exec(file, argv, env)
  } catch (error) {
    if (!isErrno(error)) throw error
    io.err(`execve '${file}' failed!\n`)
    return 1
  }
}

export default program({
  paths: ['/usr/sbin/capsh'],
  summary: 'capability shell wrapper',
  *run(io) {
    const names = yield* accounts(io.sys)
    const launch: Launch = { shell: SHELL, env: new Map(io.sys.env), user: 'fix environment' }
    for (const [i, arg] of io.args.entries()) {
      const rest = io.args.slice(i + 1)
      if (arg === '--') return yield* launched(io, launch.shell, [launch.shell, ...rest], launch.env)
      if (arg === '==') return yield* launched(io, yield* self(io), [io.sys.argv[0] ?? 'capsh', ...rest], launch.env)
      if (NOT_SIMULATED.test(arg)) {
        io.err(`${io.name}: not simulated in this lab\n`)
        return 125
      }
      const [, name = '', value = ''] = /^--([\w-]+)=(.*)$/s.exec(arg) ?? []
      const step = name === '' ? PLAIN[arg] : VALUED[name]
      if (!step) {
        io.out(USAGE)
        return arg === '--help' || arg === '-h' ? 0 : 1
      }
      step(io, value, names, launch)
    }
    return 0
  },
})

function* self(io: Io): Run<string> {
  yield* []
  return io.sys.readlink('/proc/self/exe')
}
