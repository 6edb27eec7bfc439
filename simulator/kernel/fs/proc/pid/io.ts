import { file } from '../entry'

export default file(
  ({ io }) =>
    `rchar: ${io.rchar}\nwchar: ${io.wchar}\nsyscr: ${io.syscr}\nsyscw: ${io.syscw}\nread_bytes: ${io.readBytes}\n` +
    `write_bytes: ${io.writeBytes}\ncancelled_write_bytes: ${io.cancelledWriteBytes}\n`,
  { mode: 0o400 },
)
