/** chgrp(1) of coreutils 9.1. */
import { accounts } from '../accounts'
import { chownPath, type Owner, parseGroup } from '../chown-core'
import { command, fail, missingOperand } from '../command'
import { locale, quoted, reason } from '../files'
import { HELP, VERSION } from './help'

export default command({
  summary: 'change group ownership',
  help: HELP, version: VERSION,
  *run(io, options) {
    const names = yield* accounts(io.sys)
    const reference = options.value('reference')
    const [word = '', ...rest] = options.operands
    if (options.operands.length < (reference === undefined ? 2 : 1)) return missingOperand(io, options.operands)
    let owner: Owner
    if (reference === undefined) {
      const gid = word === '' ? -1 : parseGroup(word, names)
      if (gid === undefined) return fail(io, `invalid group: ${locale(io, word)}`)
      owner = { uid: -1, gid, user: undefined, group: word === '' ? undefined : word }
    } else {
      try {
        const { gid } = io.sys.stat(reference)
        owner = { uid: -1, gid, user: undefined, group: names.group(gid) ?? String(gid) }
      } catch (error) {
        return fail(io, `failed to get attributes of ${quoted(reference)}: ${reason(error)}`)
      }
    }
    let status = 0
    for (const path of reference === undefined ? rest : options.operands) if (!(yield* chownPath(io, options, path, { owner, from: undefined, what: 'group', names }))) status = 1
    return status
  },
})
