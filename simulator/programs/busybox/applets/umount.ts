/** busybox umount (util-linux/umount.c). */
import { applet, eachName, showUsage } from '../applet'

export default applet('fldrnat:', function* (io, given) {
  if (given.operands.length === 0) return showUsage(io)
  return yield* eachName(io, given.operands, (name) => `can't unmount ${name}`, function* (name) {
    io.sys.umount(name, { detach: given.has('l') })
  })
})
