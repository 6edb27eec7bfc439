/** getconf(1) of glibc 2.36: constants of the system, and what follows from limits, memory and processors. */
import { decode } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import { type Io, program } from '../../program'
import { PATH_VALUES, SYSTEM_VALUES } from './values'

const USAGE = (name: string): string => `Usage: ${name} [-v specification] variable_name [pathname]\n       ${name} -a [pathname]\n`
const HELP = `Usage: getconf [-v SPEC] VAR
  or:  getconf [-v SPEC] PATH_VAR PATH

Get the configuration value for variable VAR, or for variable PATH_VAR
for path PATH.  If SPEC is given, give values for compilation
environment SPEC.

For bug reporting instructions, please see:
<http://www.debian.org/Bugs/>.
`
const VERSION = `getconf (Debian GLIBC 2.36-9+deb12u14) 2.36
Copyright (C) 2022 Free Software Foundation, Inc.
This is free software; see the source for copying conditions.  There is NO
warranty; not even for MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.
Written by Roland McGrath.
`
const WRONG = 2
const COLUMN = 35
const PAGE = 4096
/** Sysconf's answer where a limit is infinite. */
const limit = (value: number): string => (value === Infinity ? 'undefined' : String(value))

/** Strings of confstr(3): where they are empty an empty line is printed, not `undefined`. */
const isString = (name: string): boolean => /(FLAGS|LIBS|LINTFLAGS|^PATH|^CS_PATH|_VERSION|WIDTH_RESTRICTED_ENVS)$/.test(name) && !/^_POSIX/.test(name)

function* computed(io: Io, name: string): Run<string | undefined> {
  const limits = io.sys.getRlimits()
  switch (name) {
    case 'ARG_MAX': case '_POSIX_ARG_MAX': return String(Math.max(131072, Math.floor(Math.min(limits.stack.soft, 4 * 6291456) / 4)))
    case 'CHILD_MAX': case '_POSIX_CHILD_MAX': return limit(limits.nproc.soft)
    case 'OPEN_MAX': case '_POSIX_OPEN_MAX': return limit(limits.nofile.soft)
    case 'SIGQUEUE_MAX': return limit(limits.sigpending.soft)
    case '_NPROCESSORS_CONF': case '_NPROCESSORS_ONLN': return String(decode(yield* io.sys.readFile('/proc/stat')).split('\n').filter((line) => /^cpu\d/.test(line)).length)
    case '_PHYS_PAGES': case '_AVPHYS_PAGES': {
      const field = name === '_PHYS_PAGES' ? 'MemTotal' : 'MemFree'
      const kib = Number(new RegExp(`^${field}:\\s*(\\d+)`, 'm').exec(decode(yield* io.sys.readFile('/proc/meminfo')))?.[1] ?? 0)
      return String(Math.floor((kib * 1024) / PAGE))
    }
  }
  return undefined
}

export default program({
  summary: 'query system configuration variables',
  called: 'by-path',
  *run(io) {
    let args = io.args
    if (args.includes('--help')) return io.out(HELP)
    if (args.includes('--version')) return io.out(VERSION)
    if (args[0] === '-a') {
      for (const [name, value] of PATH_VALUES) io.out(`${name.padEnd(COLUMN)}${value}\n`)
      for (const [name, value] of SYSTEM_VALUES) io.out(`${name.padEnd(COLUMN)}${(yield* computed(io, name)) ?? value}\n`)
      return 0
    }
    if (args[0]?.startsWith('-v')) args = args.slice(args[0] === '-v' ? 2 : 1)
    if (args[0] === '--') args = args.slice(1)
    const [name, path, extra] = args
    const usage = (): number => {
      io.err(USAGE(io.name))
      return WRONG
    }
    if (name === undefined || extra !== undefined) return usage()
    const ofPath = PATH_VALUES.find(([n]) => n === name)
    const ofSystem = SYSTEM_VALUES.find(([n]) => n === name)
    if (ofPath && !ofSystem) {
      if (path === undefined) return usage()
      io.out(`${ofPath[1] || 'undefined'}\n`)
      return 0
    }
    if (ofSystem) {
      if (path !== undefined) return usage()
      const value = (yield* computed(io, name)) ?? ofSystem[1]
      io.out(`${value === '' && !isString(name) ? 'undefined' : value}\n`)
      return 0
    }
    if (/^LEVEL\d/.test(name)) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    io.err(`${io.name}: Unrecognized variable \`${name}'\n`)
    return WRONG
  },
})
