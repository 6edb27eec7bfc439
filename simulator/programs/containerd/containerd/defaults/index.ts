/** The configuration of each line of releases without a file. A page fetches them when they are first asked for. */
import { CONFIG as CONFIG_1_6 } from './1.6'
import { CONFIG as CONFIG_1_7 } from './1.7'
import { CONFIG as CONFIG_2 } from './2'
import type { Release } from '../../../../containerd/release'
import type { Run } from '../../../../kernel/run'

const CONFIGS: Readonly<Record<Release['line'], string>> = { '1.6': CONFIG_1_6, '1.7': CONFIG_1_7, 2: CONFIG_2 }

export function* defaultConfig({ line }: Release): Run<string> {
  return CONFIGS[line]
}
