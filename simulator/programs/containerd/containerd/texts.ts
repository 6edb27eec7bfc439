/** What containerd says of itself. */
import type { Release } from '../../../containerd/release'

/** Functions, so that they come when help is asked for (scripts/split.mjs). */
export const about = (): string => `
                    __        _                     __
  _________  ____  / /_____ _(_)___  ___  _________/ /
 / ___/ __ \\/ __ \\/ __/ __ \`/ / __ \\/ _ \\/ ___/ __  /
/ /__/ /_/ / / / / /_/ /_/ / / / / /  __/ /  / /_/ /
\\___/\\____/_/ /_/\\__/\\__,_/_/_/ /_/\\___/_/   \\__,_/

high performance container runtime
`

/** What makes it do something else than start: from 1.7 on there is a hook among it. */
const offering = (others: string): string => `
containerd is a high performance container runtime whose daemon can be started
by using this command. If none of the ${others} commands
are specified, the default action of the **containerd** command is to start the
containerd daemon in the foreground.


A default configuration is used if no TOML configuration is specified or located
at the default file location. The *containerd config* command can be used to
generate the default configuration for containerd. The output of that command
can be used and modified as necessary as a custom configuration.`

const OTHERS: Readonly<Record<Release['line'], string>> = {
  '1.6': '*config*, *publish*, or *help*',
  '1.7': '*config*, *publish*, *oci-hook*, or *help*',
  2: '*config*, *publish*, *oci-hook*, or *help*',
}

export const description = (line: Release['line']): string => offering(OTHERS[line])
