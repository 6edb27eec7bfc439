/** ipcrm(1) of util-linux 2.38.1. */
import type { IpcPermissions } from '../../../kernel/namespaces/ipc'
import { command } from '../command'
import { HELP } from './help'

const KINDS = {
  shm: 'shared memory segment', msg: 'message queue', sem: 'semaphore',
} as const
type Kind = keyof typeof KINDS

/** Options by the kind they remove, by id or by key. */
const BY: Readonly<Record<string, readonly [Kind, 'id' | 'key']>> = {
  'shmem-id': ['shm', 'id'], 'shmem-key': ['shm', 'key'], 'queue-id': ['msg', 'id'], 'queue-key': ['msg', 'key'], 'semaphore-id': ['sem', 'id'], 'semaphore-key': ['sem', 'key'],
}

export default command({
  help: HELP,
  hidden: '  -a, --all[=<what>]\n  -m, --shmem-id <id>\n  -M, --shmem-key <key>\n  -q, --queue-id <id>\n  -Q, --queue-key <key>\n  -s, --semaphore-id <id>\n  -S, --semaphore-key <key>',
  version: 'ipcrm from util-linux 2.38.1\n',
  summary: 'remove certain IPC resources',
  *run(io, options) {
    const { ipc, credentials: { euid } } = io.sys
    let errors = 0
    const table = (kind: Kind): { all(): IpcPermissions[]; get(id: number): IpcPermissions | undefined; byKey(key: number): IpcPermissions | undefined; remove(id: number): boolean } => ipc[kind]
    const remove = (kind: Kind, id: number, how: 'id' | 'key'): void => {
      if (options.has('verbose')) io.out(`removing ${KINDS[kind]} id \`${id}'\n`)
      const found = table(kind).get(id)
      if (found && euid !== 0 && euid !== found.uid && euid !== found.cuid) io.err(`ipcrm: permission denied for ${how} (${id})\n`)
      else if (found && table(kind).remove(id)) return
      else io.err(`ipcrm: invalid ${how} (${id})\n`)
      errors++
    }
    const [first, ...ids] = options.operands
    if (first !== undefined) {
      // The older form: `ipcrm shm 5`.
      const kind = (['shm', 'msg', 'sem'] as const).find((k) => k === first)
      if (!kind) {
        io.err(`ipcrm: unknown argument: ${first}\nTry 'ipcrm --help' for more information.\n`)
        return 1
      }
      if (ids.length === 0) {
        io.err("ipcrm: not enough arguments\nTry 'ipcrm --help' for more information.\n")
        return 1
      }
      for (const word of ids) {
        if (/^\d+$/.test(word)) remove(kind, Number(word), 'id')
        else {
          io.err(`ipcrm: invalid id: ${word}\n`)
          errors++
        }
      }
      if (errors === 0) io.out('resource(s) deleted\n')
      return errors > 0 ? 1 : 0
    }
    for (const { name, value = '' } of options.given) {
      if (name === 'all') {
        const what = options.value('all')
        const kinds = (['shm', 'sem', 'msg'] as const).filter((k) => what === undefined || what === k)
        if (kinds.length === 0) {
          io.err(`ipcrm: unknown argument: ${what}\n`)
          return 1
        }
        for (const kind of kinds) for (const one of table(kind).all()) remove(kind, one.id, 'id')
      }
      const by = BY[name]
      if (!by) continue
      const [kind, how] = by
      if (how === 'id') {
        if (!/^\d+$/.test(value)) {
          io.err(`ipcrm: failed to parse argument: '${value}'\n`)
          return 1
        }
        remove(kind, Number(value), 'id')
        continue
      }
      const key = /^(0x[0-9a-f]+|\d+)$/i.test(value) ? Number(value) | 0 : undefined
      if (key === undefined) {
        io.err(`ipcrm: failed to parse argument: '${value}'\n`)
        return 1
      }
      const found = table(kind).byKey(key)
      if (found && key !== 0) remove(kind, found.id, 'key')
      else {
        io.err(key === 0 ? `ipcrm: illegal key (${value})\n` : `ipcrm: invalid key (${value})\n`)
        errors++
      }
    }
    return errors > 0 ? 1 : 0
  },
})
