/** chown(1) of coreutils 9.1. */
import { accounts } from '../accounts'
import { chownPath, type Owner, parseOwner } from '../chown-core'
import { command, fail, missingOperand } from '../command'
import { locale, quoted, reason } from '../files'
import { HELP, VERSION } from './help'

export default command({
  summary: 'change file owner and group',
  help: HELP, version: VERSION,
  *run(io, options) {
    const names = yield* accounts(io.sys)
    const reference = options.value('reference')
    const [word, ...rest] = options.operands
    const files = reference === undefined ? rest : options.operands
    if (options.operands.length < (reference === undefined ? 2 : 1)) return missingOperand(io, options.operands)
    const parse = (text: string): Owner => {
      const found = parseOwner(text, names, (t) => locale(io, t))
      if (typeof found !== 'string') return found
      // The old separator still works where no user has such a name.
      const old = text.includes(':') || !text.includes('.') ? found : parseOwner(text.replace('.', ':'), names, (t) => locale(io, t))
      if (typeof old === 'string') return fail(io, found)
      io.err(`${io.name}: warning: '.' should be ':': ${locale(io, text)}\n`)
      return old
    }
    const fromText = options.value('from')
    const from = fromText === undefined ? undefined : parse(fromText)
    let owner: Owner
    if (reference === undefined) owner = parse(word ?? '')
    else {
      try {
        const { uid, gid } = io.sys.stat(reference)
        owner = { uid, gid, user: names.user(uid) ?? String(uid), group: names.group(gid) ?? String(gid) }
      } catch (error) {
        return fail(io, `failed to get attributes of ${quoted(reference)}: ${reason(error)}`)
      }
    }
    const what = owner.user === undefined && owner.group !== undefined ? 'group' : 'ownership'
    let status = 0
    for (const path of files) {
      if (options.has('R') && options.has('preserve-root') && /^\/+$/.test(path)) {
        io.err(`${io.name}: it is dangerous to operate recursively on '/'\n${io.name}: use --no-preserve-root to override this failsafe\n`)
        status = 1
      } else if (!(yield* chownPath(io, options, path, { owner, from, what, names }))) status = 1
    }
    return status
  },
})
