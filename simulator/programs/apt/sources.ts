/** Where packages come from (sources.list(5)): the first `deb` line of /etc/apt/sources.list. */
import { decode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'

export interface Source {
  readonly uri: string
  readonly codename: string
  readonly component: string
  /** What the release calls itself then: `stable` until its successor came. */
  readonly suite: 'stable' | 'oldstable'
}

/** Debian 13 was released on 2025-08-09. */
const SUCCESSOR = Date.parse('2025-08-09T00:00:00Z') / 1000

export function* sourceOf(sys: Sys): Run<Source> {
  const [, uri = 'http://ftp.debian.org/debian', codename = 'bookworm', component = 'main'] = /^deb (?:\[[^\]]*\] )?(\S+) (\S+) (\S+)/m.exec(yield* listText(sys)) ?? []
  return { uri, codename, component, suite: sys.now().sec < SUCCESSOR ? 'stable' : 'oldstable' }
}

function* listText(sys: Sys): Run<string> {
  try {
    return decode(yield* sys.readFile('/etc/apt/sources.list'))
  } catch (error) {
    // A captured node's file is there, but nobody recorded what stands in it.
    if (isErrno(error)) return ''
    throw error
  }
}
