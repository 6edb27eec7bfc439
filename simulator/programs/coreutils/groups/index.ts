/** groups(1) of coreutils 9.1. */
import { accounts } from '../accounts'
import { command } from '../command'
import { locale } from '../files'
import { HELP, VERSION } from './help'

export default command({
  summary: 'print the groups a user is in',
  help: HELP, version: VERSION,
  *run(io, options) {
    const names = yield* accounts(io.sys)
    const label = (id: number): string => {
      const name = names.group(id)
      if (name === undefined) {
        io.err(`${io.name}: cannot find name for group ID ${id}\n`)
        status = 1
      }
      return name ?? String(id)
    }
    let status = 0
    if (options.operands.length === 0) {
      const { gid, egid, groups } = io.sys.credentials
      io.out(`${[...new Set([gid, egid, ...groups])].map(label).join(' ')}\n`)
      return status
    }
    for (const name of options.operands) {
      const user = names.users.find((u) => u.name === name)
      if (!user) {
        io.err(`${io.name}: ${locale(io, name)}: no such user\n`)
        status = 1
        continue
      }
      const ids = new Set([user.group, ...names.groups.filter((g) => g.members.includes(name)).map((g) => g.id)])
      io.out(`${name} : ${[...ids].map(label).join(' ')}\n`)
    }
    return status
  },
})
