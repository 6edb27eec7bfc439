/** busybox pwd (coreutils/pwd.c): the directory as the kernel names it. */
import { applet } from '../applet'

export default applet('LP', function* (io) {
  io.out(`${io.sys.getcwd()}\n`)
  return 0
})
