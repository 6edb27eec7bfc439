/** busybox clear (console-tools/clear.c). */
import { applet } from '../applet'

export default applet('', function* (io) {
  io.out('\x1b[H\x1b[J')
  return 0
})
