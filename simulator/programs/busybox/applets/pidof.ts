/** busybox pidof (procps/pidof.c): newest first. */
import { readProcesses } from '../../procps/processes'
import { applet } from '../applet'

export default applet('so:', function* (io, given) {
  const omitted = given.values('o').map((text) => (text === '%PPID' ? io.sys.ppid : Number(text)))
  const all = yield* readProcesses(io.sys)
  const found = given.operands.flatMap((name) =>
    all.filter((p) => !omitted.includes(p.pid) && (p.comm === name.slice(0, 15) || p.argv[0] === name || p.argv[0]?.replace(/^.*\//, '') === name)).map((p) => p.pid).reverse(),
  )
  const shown = given.has('s') ? found.slice(0, 1) : found
  if (shown.length > 0) io.out(`${shown.join(' ')}\n`)
  return shown.length > 0 ? 0 : 1
})
