/** stty(1) of coreutils 9.1. */
import { stty } from './settings'

export default stty({ discard: 'discard', characters: 'changed', margin: 0, size: (io, fd) => io.sys.getWindowSize(fd) })
