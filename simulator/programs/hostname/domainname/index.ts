/** domainname(1): the NIS domain name of this UTS namespace. */
import { Errno } from '../../../kernel/errno'
import { program } from '../../program'

export default program({
  paths: ['/bin/domainname'],
  summary: "show or set the system's NIS/YP domain name",
  *run(io) {
    const [word] = io.args
    if (word === undefined) io.out(`${io.sys.uname().domainname}\n`)
    else
      try {
        io.sys.setDomainname(word)
      } catch (error) {
        if (!(error instanceof Errno)) throw error
        io.err(error.code === 'EPERM' ? `${io.name}: you must be root to change the domain name\n` : `${io.name}: ${error.message}\n`)
        return 1
      }
    return 0
  },
})
