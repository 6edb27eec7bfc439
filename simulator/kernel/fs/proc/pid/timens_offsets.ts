import { file } from '../entry'

export default file(
  ({ ns: { time } }) =>
    `monotonic  ${String(time.monotonic.sec).padStart(10)} ${String(time.monotonic.nsec).padStart(9)}\n` +
    `boottime   ${String(time.boottime.sec).padStart(10)} ${String(time.boottime.nsec).padStart(9)}\n`,
  { mode: 0o644 },
)
