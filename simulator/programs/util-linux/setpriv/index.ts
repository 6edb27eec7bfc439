/** setpriv(1) of util-linux 2.38.1: a program with other ids and capabilities. Securebits, death signals and labels are not simulated. */
import { ALL_CAPABILITIES, CAPABILITIES } from '../../../kernel/credentials'
import { Errno } from '../../../kernel/errno'
import { accounts, type Accounts } from '../../coreutils/accounts'
import { command } from '../command'
import type { Options } from '../../options'
import type { Io } from '../../program'
import { launch } from '../launch'
import { HELP } from './help'

const NOT_SIMULATED = ['securebits', 'pdeathsig', 'selinux-label', 'apparmor-profile'] as const
const GROUP_RULES = ['clear-groups', 'keep-groups', 'init-groups', 'groups'] as const
const FAILED = 127
const ROOT_PATH = '/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin'
const USER_PATH = '/usr/local/bin:/bin:/usr/bin'

const nameOf = (n: number): string => (CAPABILITIES[n] ?? '').replace('CAP_', '').toLowerCase()
const list = (mask: bigint): string => CAPABILITIES.flatMap((_, n) => (mask & (1n << BigInt(n)) ? [nameOf(n)] : [])).join(',') || '[none]'

/** A set after `+net_raw,-all`; as it was where nothing is asked. */
function changed(io: Io, text: string | undefined, now: bigint): bigint {
  let mask = now
  for (const word of text === undefined ? [] : text.split(',')) {
    const [, sign = '', name = ''] = /^([+-])(.*)$/.exec(word) ?? fail(io, 'bad capability string')
    const n = CAPABILITIES.findIndex((_, i) => nameOf(i) === name || name === `cap_${i}`)
    const bits = name === 'all' ? ALL_CAPABILITIES : n < 0 ? fail(io, `unknown capability "${name}"`) : 1n << BigInt(n)
    mask = sign === '+' ? mask | bits : mask & ~bits
  }
  return mask
}

function fail(io: Io, message: string, status = 1): never {
  io.err(`${io.name}: ${message}\n`)
  return io.exit(status)
}

function attempt(io: Io, what: string, act: () => void): void {
  try {
    act()
  } catch (error) {
    if (!(error instanceof Errno)) throw error
    fail(io, `${what}: ${error.message}`, FAILED)
  }
}

function dump(io: Io): void {
  const { uid, euid, gid, egid, groups, noNewPrivs, capInheritable, capAmbient, capBounding } = io.sys.credentials
  io.out(`uid: ${uid}\neuid: ${euid}\ngid: ${gid}\negid: ${egid}\nSupplementary groups: ${groups.join(',') || '[none]'}\nno_new_privs: ${noNewPrivs ? 1 : 0}\n`)
  io.out(`Inheritable capabilities: ${list(capInheritable)}\nAmbient capabilities: ${list(capAmbient)}\nCapability bounding set: ${list(capBounding)}\nSecurebits: [none]\nParent death signal: [none]\n`)
}

export default command({
  help: HELP,
  hidden: '      --list-caps\n      --nnp',
  version: 'setpriv from util-linux 2.38.1\n',
  stopAtOperand: true,
  summary: 'run a program with different Linux privilege settings',
  *run(io, options) {
    const others = options.given.filter(({ name }) => name !== 'dump').length
    if (options.has('list-caps')) {
      if (others > 1 || options.has('dump') || options.operands.length > 0) fail(io, options.has('dump') ? '--dump is incompatible with all other options' : '--list-caps must be specified alone')
      io.out(CAPABILITIES.map((_, n) => `${nameOf(n)}\n`).join(''))
      return 0
    }
    if (options.has('dump')) {
      if (others > 0 || options.operands.length > 0) fail(io, '--dump is incompatible with all other options')
      dump(io)
      return 0
    }
    const names = yield* accounts(io.sys)
    const ids = idsOf(io, options, names)
    if (options.operands.length === 0) fail(io, 'No program specified')
    if (options.has(...NOT_SIMULATED)) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    const groups = groupsOf(io, options, names, ids)
    become(io, options, ids, groups)
    const env = options.has('reset-env') ? freshEnvironment(io, names) : io.sys.env
    return yield* launch(io, options.operands, env)
  },
})

interface Ids {
  readonly ruid: number | undefined
  readonly euid: number | undefined
  readonly rgid: number | undefined
  readonly egid: number | undefined
}

function idsOf(io: Io, options: Options, { users, groups }: Accounts): Ids {
  const id = (option: string, known: readonly { readonly name: string; readonly id: number }[]): number | undefined => {
    const text = options.value(option)
    if (text === undefined) return undefined
    const found = known.find((one) => one.name === text)?.id
    return found ?? (/^\d+$/.test(text) ? Number(text) : fail(io, `failed to parse ${option}: '${text}'`))
  }
  for (const [both, real, effective] of [['reuid', 'ruid', 'euid'], ['regid', 'rgid', 'egid']] as const) {
    if (options.has(both) && options.has(real)) fail(io, `duplicate ${real}`)
    if (options.has(both) && options.has(effective)) fail(io, `duplicate ${effective}`)
  }
  const [reuid, regid] = [id('reuid', users), id('regid', groups)]
  return { ruid: reuid ?? id('ruid', users), euid: reuid ?? id('euid', users), rgid: regid ?? id('rgid', groups), egid: regid ?? id('egid', groups) }
}

/** Undefined: they stay. */
function groupsOf(io: Io, options: Options, { users, groups }: Accounts, ids: Ids): number[] | undefined {
  const rules = GROUP_RULES.filter((rule) => options.has(rule))
  if (rules.length > 1) fail(io, 'mutually exclusive arguments: --clear-groups --keep-groups --init-groups --groups')
  if (rules.length === 0 && (ids.rgid !== undefined || ids.egid !== undefined)) fail(io, '--[re]gid requires --keep-groups, --clear-groups, --init-groups, or --groups')
  switch (rules[0]) {
    case 'clear-groups': return []
    case 'init-groups': {
      if (ids.ruid === undefined) return fail(io, '--init-groups requires --ruid or --reuid')
      const user = users.find((one) => one.id === ids.ruid)
      if (!user) return fail(io, `uid ${ids.ruid} not found, --init-groups requires an user that can be found on the system`)
      return [user.group, ...groups.filter((group) => group.id !== user.group && group.members.includes(user.name)).map((group) => group.id)]
    }
    case 'groups':
      return (options.value('groups') ?? '').split(',').map((word) => groups.find((group) => group.name === word)?.id ?? (/^\d+$/.test(word) ? Number(word) : fail(io, `Invalid supplementary group id: '${word}'`)))
    default: return undefined
  }
}

function become(io: Io, options: Options, ids: Ids, groups: readonly number[] | undefined): void {
  const { sys } = io
  const now = sys.credentials
  const inheritable = changed(io, options.value('inh-caps'), now.capInheritable)
  const ambient = changed(io, options.value('ambient-caps'), now.capAmbient)
  const bounding = changed(io, options.value('bounding-set'), now.capBounding)
  if (options.has('no-new-privs', 'nnp')) sys.setCredentials({ noNewPrivs: true })
  if ((inheritable & ~(now.capPermitted | now.capInheritable)) !== 0n) fail(io, 'apply capabilities: Operation not permitted')
  const { rgid, egid, ruid, euid } = ids
  if (egid !== undefined || rgid !== undefined) attempt(io, 'setresgid failed', () => sys.setCredentials({ ...(rgid === undefined ? {} : { gid: rgid }), ...(egid === undefined ? {} : { egid, sgid: egid, fsgid: egid }) }))
  if (groups) attempt(io, 'setgroups failed', () => sys.setCredentials({ groups }))
  // Without CAP_SETPCAP the bounding set stays.
  try {
    sys.setCredentials({ capBounding: now.capBounding & bounding })
  } catch (error) {
    if (!(error instanceof Errno)) throw error
  }
  const held = sys.credentials
  // What would be lost with the user ids is kept until the program starts.
  attempt(io, 'setresuid failed', () => sys.setCredentials({
    capInheritable: inheritable, ...(ruid === undefined ? {} : { uid: ruid }), ...(euid === undefined ? {} : { euid, suid: euid, fsuid: euid }),
    capPermitted: held.capPermitted, capEffective: held.capEffective, capAmbient: ambient & held.capPermitted & inheritable,
  }))
}

function freshEnvironment(io: Io, { users }: Accounts): Map<string, string> {
  const user = users.find((one) => one.id === io.sys.credentials.uid)
  const term = io.env('TERM')
  return new Map([
    ...(term === undefined ? [] : [['TERM', term]] as const), ['SHELL', user?.shell || '/bin/sh'], ['HOME', user?.home ?? '/'], ['USER', user?.name ?? ''], ['LOGNAME', user?.name ?? ''],
    ['PATH', io.sys.credentials.uid === 0 ? ROOT_PATH : USER_PATH],
  ])
}
