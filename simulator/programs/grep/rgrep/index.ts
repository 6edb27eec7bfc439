/** rgrep of Debian 12: a script that runs `grep -r`. */
import { program } from '../../program'

export default program({
  summary: 'print lines that match patterns, in all files below directories',
  *run(io) {
    yield* io.flush()
    return yield* io.sys.exec('/usr/bin/grep', ['grep', '-r', ...io.args], io.sys.env)
  },
})
