/** `--dry-run`: nothing is sent (client), or sent and not kept (server) (pkg/cmd/util/helpers.go GetDryRunStrategy). */
import { klogWarning } from '../../go/klog'
import { type Context, Refused } from './command'
import { NotHere } from './refused'

export type DryRun = 'none' | 'client'

/** Lines of helpers.go that warn of `--dry-run`, `=true` and `=false`, as each release has them. */
const WARNS = { old: [553, 567, 570], now: [692, 706, 709] } as const
const NEWER = 24

export function dryRunOf({ flags, io, release }: Context): DryRun {
  const text = flags.text('dry-run') ?? 'none'
  if (text === 'none' || text === 'client') return text
  if (text === 'server') throw new NotHere('kubectl: --dry-run=server: not simulated in this lab')
  const [bare, yes, no] = release.minor < NEWER ? WARNS.old : WARNS.now
  const warn = (line: number, words: string): void => io.err(klogWarning(io.sys, `helpers.go:${line}`, words))
  if (text === 'unchanged') {
    warn(bare, '--dry-run is deprecated and can be replaced with --dry-run=client.')
    return 'client'
  }
  if (/^(1|t|true)$/i.test(text)) {
    warn(yes, `--dry-run=${text} is deprecated (boolean value) and can be replaced with --dry-run=client.`)
    return 'client'
  }
  if (/^(0|f|false)$/i.test(text)) {
    warn(no, `--dry-run=${text} is deprecated (boolean value) and can be replaced with --dry-run=none.`)
    return 'none'
  }
  throw new Refused(`error: Invalid dry-run value (${text}). Must be "none", "server", or "client".`)
}
