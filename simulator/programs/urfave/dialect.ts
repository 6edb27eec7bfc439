/** urfave/cli as containerd's tools use it: 1.22 up to containerd 1.7, 2.27 in 2.x, with their own words for what it adds. */
import type { App } from './app'
import { bool } from './flag'

export type Dialect = Pick<App, 'version' | 'layout' | 'helpFlag' | 'versionFlag' | 'lists'>

export const CLI_1: Dialect = { version: 1 }
export const CLI_2: Dialect = { version: 2, layout: '2.27', helpFlag: bool('help, h', 'Show help'), versionFlag: bool('version, v', 'Print the version'), lists: 'whole' }
