/** id(1) of coreutils 9.1. */
import { command, fail } from '../command'
import { accounts } from '../accounts'
import { locale } from '../files'
import { HELP, VERSION } from './help'

export default command({
  summary: 'print real and effective user and group IDs', help: HELP, version: VERSION,
  *run(io, options) {
    const known = yield* accounts(io.sys)
    const c = io.sys.credentials
    const only = options.last('u', 'g', 'G')
    if (options.has('Z')) return fail(io, '--context (-Z) works only on an SELinux-enabled kernel')
    if (['u', 'g', 'G'].filter((letter) => options.has(letter)).length > 1) return fail(io, 'cannot print "only" of more than one choice')
    if (options.has('z') && !only) return fail(io, 'option --zero not permitted in default format')
    if (options.has('n', 'r') && !only) {
      io.err(`${io.name}: cannot print only names or real IDs in default format\n`)
      return 1
    }
    let status = 0
    for (const name of options.operands.length > 0 ? options.operands : [undefined]) {
      const user = name === undefined ? undefined : known.users.find((u) => u.name === name || String(u.id) === name)
      if (name !== undefined && !user) {
        io.err(`${io.name}: ${locale(io, name)}: no such user\n`)
        status = 1
        continue
      }
      const uid = user?.id ?? (options.has('r') ? c.uid : c.euid)
      const gid = user?.group ?? (options.has('r') ? c.gid : c.egid)
      const groups = user ? [user.group, ...known.groups.filter((g) => g.members.includes(user.name)).map((g) => g.id)] : [gid, ...c.groups.filter((g) => g !== gid)]
      const end = options.has('z') ? '\0' : '\n'
      const label = (id: number, text: string | undefined): string => (options.has('n') ? (text ?? String(id)) : String(id))
      if (only === 'u') io.out(label(uid, known.user(uid)) + end)
      else if (only === 'g') io.out(label(gid, known.group(gid)) + end)
      else if (only === 'G') io.out(groups.map((g) => label(g, known.group(g))).join(options.has('z') ? '\0' : ' ') + end)
      else {
        const both = (id: number, text: string | undefined): string => (text === undefined ? String(id) : `${id}(${text})`)
        const real = user?.id ?? c.uid
        io.out(`uid=${both(real, known.user(real))} gid=${both(user?.group ?? c.gid, known.group(user?.group ?? c.gid))}${!user && c.euid !== c.uid ? ` euid=${both(c.euid, known.user(c.euid))}` : ''} groups=${groups.map((g) => both(g, known.group(g))).join(',')}\n`)
      }
    }
    return status
  },
})
