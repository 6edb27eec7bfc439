/** What cp, mv, ln and install do with a file that is in the way: ask, leave it, or keep it as a backup. */
import { decode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Io } from '../program'
import { argmatch, type Options } from './command'

/** A question on standard error, and whether the line that comes back begins with y. */
export function* agrees(io: Io, question: string): Run<boolean> {
  io.err(`${io.name}: ${question} `)
  yield* io.flush()
  let text = ''
  for (;;) {
    const bytes = yield* io.sys.read(0, 1)
    if (bytes.length === 0 || bytes[0] === 10) return /^[yY]/.test(text)
    text += decode(bytes)
  }
}

export type BackupKind = 'none' | 'simple' | 'existing' | 'numbered'
const KINDS: readonly (readonly [readonly string[], BackupKind])[] = [[['none', 'off'], 'none'], [['simple', 'never'], 'simple'], [['existing', 'nil'], 'existing'], [['numbered', 't'], 'numbered']]

export interface Backups {
  readonly kind: BackupKind
  readonly suffix: string
}

/** -b, --backup and -S, with the variables that stand in for their values. */
export function backupsOf(io: Io, options: Options): Backups {
  const given = options.given.filter((g) => g.name === 'b' || g.name === 'backup')
  const suffixGiven = options.value('S')
  const suffix = suffixGiven ?? io.env('SIMPLE_BACKUP_SUFFIX') ?? '~'
  if (given.length === 0 && suffixGiven === undefined) return { kind: 'none', suffix }
  const word = given.findLast((g) => g.value !== undefined)?.value
  if (word !== undefined) return { kind: argmatch(io, word, 'backup type', KINDS), suffix }
  const variable = io.env('VERSION_CONTROL')
  return { kind: variable ? argmatch(io, variable, '$VERSION_CONTROL', KINDS) : 'existing', suffix }
}

/** Where a file would be kept. */
export function backupName(io: Io, path: string, { kind, suffix }: Backups): string {
  const cut = path.lastIndexOf('/') + 1
  const [directory, base] = [path.slice(0, cut), path.slice(cut)]
  let highest = 0
  try {
    for (const { name } of io.sys.readdir(directory || '.')) {
      const number = name.startsWith(`${base}.~`) ? /^(\d+)~$/.exec(name.slice(base.length + 2))?.[1] : undefined
      if (number) highest = Math.max(highest, Number(number))
    }
  } catch (error) {
    if (!isErrno(error)) throw error
  }
  return kind === 'numbered' || (kind === 'existing' && highest > 0) ? `${path}.~${highest + 1}~` : path + suffix
}
