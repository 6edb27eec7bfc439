/** egrep: grep , which warns that it is going away (grep 3.8). */
import { program } from '../../program'
import grep from '../grep'

export default program({
  summary: 'print lines that match patterns',
  *run(io) {
    io.err('egrep: warning: egrep is obsolescent; using grep \n')
    yield* io.flush()
    return yield* grep.main(io.sys)
  },
})
