import { systemFile } from '../entry'

/** One disk; the io of all processes, in sectors of 512 bytes. */
export default systemFile(({ kernel }) => {
  let read = 0
  let written = 0
  for (const { io } of kernel.tasks()) {
    read += io.readBytes
    written += io.writeBytes
  }
  return ` 254       0 vda ${Math.ceil(read / 4096)} 0 ${Math.ceil(read / 512)} 0 ${Math.ceil(written / 4096)} 0 ${Math.ceil(written / 512)} 0 0 0 0 0 0 0 0 0 0\n`
})
