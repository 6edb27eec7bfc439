/** chroot(8) of coreutils 9.1. */
import { accounts } from '../accounts'
import { command, fail, usageError, wrongCall } from '../command'
import { locale, quoted, reason } from '../files'
import { runCommand } from '../run-command'
import { HELP, VERSION } from './help'

const FAILED = 125

export default command({
  summary: 'run command or interactive shell with special root directory',
  paths: ['/usr/sbin/chroot'],
  help: HELP, version: VERSION, failure: FAILED, stopAtOperand: true,
  *run(io, options) {
    const { sys } = io
    const [root, ...words] = options.operands
    if (root === undefined) {
      io.err(`${io.name}: missing operand\n`)
      return usageError(io, FAILED)
    }
    const names = yield* accounts(sys)
    if (options.has('skip-chdir') && sys.realpath(root) !== '/') return wrongCall(io, "option --skip-chdir only permitted if NEWROOT is old '/'", FAILED)
    try {
      sys.chroot(root)
    } catch (error) {
      return fail(io, `cannot change root directory to ${quoted(root)}: ${reason(error)}`, FAILED)
    }
    if (!options.has('skip-chdir')) sys.chdir('/')
    const spec = options.value('userspec')
    const groups = options.value('groups')
    const idOf = (text: string, list: readonly { readonly name: string; readonly id: number }[], what: string): number =>
      list.find((each) => each.name === text)?.id ?? (/^\+?\d+$/.test(text) ? Number(text) : fail(io, `invalid ${what} ${locale(io, text)}`, FAILED))
    if (groups !== undefined) sys.setCredentials({ groups: groups.split(',').filter((g) => g !== '').map((g) => idOf(g, names.groups, 'group')) })
    if (spec !== undefined) {
      const [user = '', group] = spec.split(':')
      const known = names.users.find((u) => u.name === user || String(u.id) === user)
      const gid = group ? idOf(group, names.groups, 'group') : known?.group
      if (gid !== undefined) sys.setCredentials({ gid, egid: gid, sgid: gid, fsgid: gid })
      if (user !== '') {
        const uid = idOf(user, names.users, 'user')
        sys.setCredentials({ uid, euid: uid, suid: uid, fsuid: uid })
      }
    }
    return yield* runCommand(io, sys, words.length > 0 ? words : [io.env('SHELL') || '/bin/sh', '-i'])
  },
})
