/** busybox usleep (coreutils/usleep.c). */
import { applet, showUsage, wholeNumber } from '../applet'

export default applet('', function* (io, given) {
  const [time] = given.operands
  if (time === undefined) return showUsage(io)
  yield* io.sys.sleep(wholeNumber(io, time) * 1000)
  return 0
})
