/** realpath(1) of coreutils 9.1. */
import { command, usageError } from '../command'
import { reason, shown } from '../files'
import { canonical } from './canonical'
import { HELP, VERSION } from './help'

export default command({
  summary: 'print the resolved path', help: HELP, version: VERSION,
  *run(io, options) {
    if (options.operands.length === 0) {
      io.err(`${io.name}: missing operand\n`)
      return usageError(io)
    }
    let status = 0
    const mode = options.last('e', 'm')
    const how = mode === 'e' ? 'all-exist' : mode === 'm' ? 'any-may-miss' : 'last-may-miss'
    const within = options.value('relative-base')
    const base = options.value('relative-to') ?? within
    const logical = (path: string): string => (options.has('L') ? normal(path.startsWith('/') ? path : `${io.sys.getcwd()}/${path}`) : path)
    for (const path of options.operands) {
      try {
        let name = options.has('s') ? normal(path.startsWith('/') ? path : `${io.sys.getcwd()}/${path}`) : canonical(io.sys, path === '' ? path : logical(path), how)
        if (base !== undefined) {
          const from = canonical(io.sys, base, how)
          const limit = within === undefined ? '/' : canonical(io.sys, within, how)
          const inside = (p: string): boolean => limit === '/' || p === limit || p.startsWith(`${limit}/`)
          if (inside(name) && inside(from)) name = relative(from, name)
        }
        io.out(name + (options.has('z') ? '\0' : '\n'))
      } catch (error) {
        const why = reason(error)
        if (!options.has('q')) io.err(`${io.name}: ${shown(path)}: ${why}\n`)
        status = 1
      }
    }
    return status
  },
})

function normal(path: string): string {
  const out: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') out.pop()
    else if (part !== '' && part !== '.') out.push(part)
  }
  return `/${out.join('/')}`
}

function relative(from: string, to: string): string {
  const a = from.split('/').filter((p) => p !== '')
  const b = to.split('/').filter((p) => p !== '')
  let n = 0
  while (n < a.length && a[n] === b[n]) n++
  return [...a.slice(n).map(() => '..'), ...b.slice(n)].join('/') || '.'
}
