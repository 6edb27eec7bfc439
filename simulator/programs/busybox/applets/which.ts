/** busybox which (debianutils/which.c). */
import { applet } from '../applet'

export default applet('a', function* (io, given) {
  let status = 0
  for (const name of given.operands) {
    const places = name.includes('/') ? [name] : (io.env('PATH') ?? '').split(':').map((directory) => `${directory || '.'}/${name}`)
    const found = places.filter((path) => isProgram(path))
    if (found.length === 0) status = 1
    for (const path of given.has('a') ? found : found.slice(0, 1)) io.out(`${path}\n`)
  }
  function isProgram(path: string): boolean {
    try {
      return io.sys.stat(path).kind === 'file' && io.sys.access(path, { execute: true })
    } catch {
      return false
    }
  }
  return status
})
