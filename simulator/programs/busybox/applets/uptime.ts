/** busybox uptime (procps/uptime.c). */
import { decode } from '../../../kernel/bytes'
import { strftime } from '../../coreutils/date/strftime'
import { applet } from '../applet'

export default applet('', function* (io) {
  const up = Math.trunc(Number(decode(yield* io.sys.readFile('/proc/uptime')).split(' ')[0]))
  const loads = decode(yield* io.sys.readFile('/proc/loadavg')).split(' ').slice(0, 3)
  const days = Math.trunc(up / 86400)
  const hours = Math.trunc(up / 3600) % 24
  const minutes = Math.trunc(up / 60) % 60
  const length = hours > 0 ? `${String(hours).padStart(2)}:${String(minutes).padStart(2, '0')}` : `${minutes} min`
  io.out(` ${strftime('%H:%M:%S', io.sys.now())} up ${days > 0 ? `${days} day${days === 1 ? '' : 's'}, ` : ''}${length},  0 users,  load average: ${loads.join(', ')}\n`)
  return 0
})
