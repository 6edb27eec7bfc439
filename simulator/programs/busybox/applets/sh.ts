/** busybox ash as sh (shell/ash.c): the shell of containers. Applets need no $PATH; some run in the shell's own forked process. */
import type { Run } from '../../../kernel/run'
import { ashMain, type Standalone } from '../../../shell'
import type { Io } from '../../program'
import { BANNER } from '../applet'
import { NAMES } from '../names'
import { runApplet } from '../run'

/** APPLET_NOEXEC: they keep the shell's command line, `{ps} sh` in ps. Found by looking at /proc/PID/cmdline of each (busybox-static 1.35.0). */
const IN_PLACE = new Set(['awk', 'cp', 'cut', 'dd', 'find', 'fold', 'head', 'hexdump', 'ls', 'md5sum', 'paste', 'ps', 'seq', 'sha256sum', 'sort', 'tac', 'usleep', 'xxd', 'yes'])

const STANDALONE: Standalone = {
  banner: BANNER.replace(/ multi-call binary\.$/, ''),
  names: NAMES,
  run(sys, [name = '', ...args]) {
    if (!IN_PLACE.has(name)) return undefined
    sys.setName(name)
    return runApplet(sys, name, args)
  },
}

export default function* sh(io: Io): Run<number> {
  return yield* ashMain(io.sys, [io.name, ...io.args], STANDALONE)
}
