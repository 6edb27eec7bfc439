/** fgrep of Debian 12: a script that runs `grep -F`. */
import { program } from '../../program'

export default program({
  summary: 'print lines that match patterns',
  *run(io) {
    yield* io.flush()
    return yield* io.sys.exec('/usr/bin/grep', ['grep', '-F', ...io.args], io.sys.env)
  },
})
