/** which(1) of debianutils. */
import { program } from '../../program'
import { statOrNull } from '../../coreutils/copying'

export default program({
  summary: 'locate a command',
  paths: ['/usr/bin/which.debianutils', '/usr/bin/which'],
  *run(io) {
    const all = io.args[0] === '-a'
    let status = 0
    const found = (path: string): boolean => statOrNull(io.sys, path)?.kind === 'file' && io.sys.access(path, { execute: true })
    for (const name of all ? io.args.slice(1) : io.args) {
      const places = name.includes('/') ? [name] : (io.env('PATH') ?? '').split(':').map((d) => `${d === '' ? '.' : d}/${name}`)
      const hits = places.filter(found)
      if (hits.length === 0) status = 1
      for (const path of all ? hits : hits.slice(0, 1)) io.out(`${path}\n`)
    }
    return status
  },
})
