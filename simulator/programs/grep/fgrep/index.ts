/** fgrep: grep -F, which warns that it is going away (grep 3.8). */
import { program } from '../../program'
import grep from '../grep'

export default program({
  summary: 'print lines that match patterns',
  *run(io) {
    io.err('fgrep: warning: fgrep is obsolescent; using grep -F\n')
    yield* io.flush()
    return yield* grep.main(io.sys)
  },
})
