/** busybox hostname (networking/hostname.c): the name of this UTS namespace. */
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import { getaddrinfo } from '../../libc/getaddrinfo'
import { applet } from '../applet'

export default applet('dfisF:', function* (io, given) {
  const { sys } = io
  const name = sys.uname().nodename
  const [wanted] = given.operands
  const file = given.value('F')
  if (file !== undefined || wanted !== undefined) {
    try {
      sys.setHostname(wanted ?? decode(yield* sys.readFile(file ?? '')).split('\n').find((line) => line !== '' && !line.startsWith('#'))?.trim() ?? '')
    } catch (error) {
      if (!isErrno(error)) throw error
      io.err(file === undefined ? `hostname: sethostname: ${error.message}\n` : `hostname: can't open '${file}': ${error.message}\n`)
      return 1
    }
    return 0
  }
  if (given.has('d', 'f', 'i')) {
    const found = yield* getaddrinfo(sys, name)
    const [address] = found.kind === 'found' ? found.addresses : []
    if (!address) {
      io.err(`hostname: ${name}: Unknown host\n`)
      return 1
    }
    io.out(given.has('i') ? `${address.address} \n` : given.has('f') ? `${name}\n` : `${name.includes('.') ? name.slice(name.indexOf('.') + 1) : ''}\n`)
    return 0
  }
  io.out(`${given.has('s') ? (name.split('.')[0] ?? '') : name}\n`)
  return 0
})
