/** The plugins of each line of releases. A page fetches them when they are first asked for. */
import { ROWS as ROWS_1_6 } from './1.6'
import { ROWS as ROWS_1_7 } from './1.7'
import { ROWS as ROWS_2 } from './2'
import type { Row } from './row'
import type { Run } from '../../../kernel/run'
import type { Release } from '../../release'
import type { Plugin } from '../../services'

const ROWS: Readonly<Record<Release['line'], readonly Row[]>> = { '1.6': ROWS_1_6, '1.7': ROWS_1_7, 2: ROWS_2 }

const named = (short: string): string => `io.containerd.${short}`

const pluginOf = ({ type, id, on, requires = [], exports = {}, capabilities = [], skipped, failed }: Row): Plugin => {
  const message = skipped ?? failed
  return {
    type: named(type), id, capabilities, exports,
    requires: requires.map(named),
    platforms: on ? [{ os: on, architecture: 'amd64' }] : [],
    initError: message === undefined ? null : { code: 'Unknown', message, skip: skipped !== undefined },
  }
}

export function* pluginsOf({ line }: Release): Run<readonly Plugin[]> {
  return ROWS[line].map(pluginOf)
}
