/** sysctl(8) of procps-ng 4.0.2: the files below /proc/sys by names with dots. */
import { decode, encode } from '../../../kernel/bytes'
import { Errno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { compile } from '../../../regex'
import type { Options } from '../../options'
import type { Io } from '../../program'
import { procpsCommand, wrongCall } from '../command'
import { HELP } from './help'

const ROOT = '/proc/sys/'
const SYSTEM_DIRECTORIES = ['/etc/sysctl.d', '/run/sysctl.d', '/usr/local/lib/sysctl.d', '/usr/lib/sysctl.d', '/lib/sysctl.d']
const DEFAULT_FILE = '/etc/sysctl.conf'

/** The first separator tells which one it is: `net.ipv4.conf.eth0/1` or `net/ipv4/conf/eth0.1`. */
function pathOf(name: string): string {
  const first = /[./]/.exec(name)?.[0]
  return ROOT + (first === '.' ? name.replace(/[./]/g, (c) => (c === '.' ? '/' : '.')) : name)
}
const nameOf = (path: string): string => path.slice(ROOT.length).replace(/[./]/g, (c) => (c === '/' ? '.' : '/'))

function exists(io: Io, path: string): boolean {
  try {
    io.sys.stat(path)
    return true
  } catch (error) {
    if (!(error instanceof Errno)) throw error
    return false
  }
}

class Session {
  private readonly io: Io
  private readonly options: Options
  private readonly pattern: { test(text: string): boolean } | undefined
  code = 0
  constructor(io: Io, options: Options) {
    this.io = io
    this.options = options
    const text = options.value('pattern')
    this.pattern = text === undefined ? undefined : compile(text, { syntax: 'ere' })
  }
  private show(name: string, value: string): void {
    if (this.options.has('names')) this.io.out(`${name}\n`)
    else if (this.options.has('binary')) this.io.out(value.replace(/\n$/, ''))
    else
      for (const line of value.replace(/\n$/, '').split('\n')) this.io.out(this.options.has('values') ? `${line}\n` : `${name} = ${line}\n`)
  }
  *read(path: string): Run {
    const { io } = this
    const name = nameOf(path)
    try {
      const { kind, mode } = io.sys.stat(path)
      if (kind === 'dir') {
        for (const entry of io.sys.readdir(path).map((e) => e.name).sort()) yield* this.read(`${path}/${entry}`.replace('//', '/'))
        return
      }
      if (this.pattern && !this.pattern.test(name)) return
      if ((mode & 0o444) === 0) return
      if (this.options.has('names')) {
        io.out(`${name}\n`)
        return
      }
      this.show(name, decode(yield* io.sys.readFile(path)))
    } catch (error) {
      if (!(error instanceof Errno)) throw error
      if (error.code === 'ENOENT' && this.options.has('ignore')) return
      io.err(error.code === 'EACCES' ? `sysctl: permission denied on key '${name}'\n` : `sysctl: cannot stat ${path}: ${error.message}\n`)
      this.code = 1
    }
  }
  *write(setting: string, missing: 'told' | 'ignored' = 'told'): Run {
    const { io } = this
    const cut = setting.indexOf('=')
    const name = setting.slice(0, cut).trim()
    const value = setting.slice(cut + 1).trim()
    const path = pathOf(name)
    const dotted = nameOf(path)
    if (name === '') {
      io.err(`sysctl: Path is not under ${ROOT}: ${ROOT}\n`)
      this.code = 1
      return
    }
    if (this.pattern && !this.pattern.test(dotted)) return
    try {
      const { mode } = io.sys.stat(path)
      // The message tells an errno that nothing has set, and the exit status is not changed.
      if ((mode & 0o222) === 0) {
        io.err(`sysctl: setting key "${dotted}": Invalid argument\n`)
        return
      }
      if (value === '') throw new Errno('EINVAL')
      if (!this.options.has('dry-run')) yield* io.sys.writeFile(path, encode(`${value}\n`))
      if (!this.options.has('quiet')) this.show(dotted, value)
    } catch (error) {
      if (!(error instanceof Errno)) throw error
      if (error.code === 'ENOENT' && (this.options.has('ignore') || missing === 'ignored')) return
      io.err(error.code === 'ENOENT' ? `sysctl: cannot stat ${path}: ${error.message}\n` : `sysctl: setting key "${dotted}": ${error.message}\n`)
      this.code = 1
    }
  }
  /** `--system`: files of these directories by their names, of which the first directory has the last word, then sysctl.conf. */
  *loadSystem(): Run {
    const files = new Map<string, string>()
    for (const directory of SYSTEM_DIRECTORIES) {
      for (const name of yield* this.names(directory)) if (name.endsWith('.conf') && !files.has(name)) files.set(name, `${directory}/${name}`)
    }
    const paths = [...[...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path), DEFAULT_FILE]
    for (const path of paths) this.io.out(`* Applying ${path} ...\n`)
    for (const path of paths) yield* this.load(path)
  }
  private *names(directory: string): Run<string[]> {
    try {
      return this.io.sys.readdir(directory).map((e) => e.name)
    } catch (error) {
      if (!(error instanceof Errno)) throw error
      return []
    }
  }
  *load(file: string): Run {
    const { io } = this
    let text: string
    try {
      text = decode(yield* io.sys.readFile(file))
    } catch (error) {
      if (!(error instanceof Errno)) throw error
      io.err(`sysctl: cannot open "${file}": ${error.message}\n`)
      this.code = 1
      return
    }
    let n = 0
    for (const raw of text.split('\n')) {
      n++
      const line = raw.trim()
      if (line === '' || line.startsWith('#') || line.startsWith(';')) continue
      if (!line.includes('=')) io.err(`sysctl: ${file}(${n}): invalid syntax, continuing...\n`)
      else yield* this.write(line.replace(/^-/, ''), line.startsWith('-') ? 'ignored' : 'told')
    }
  }
}

export default procpsCommand({
  help: HELP,
  hidden: '  -a, --all\n  -A, --all\n  -X, --all\n  -p, --load[=<file>]\n  -f, --load[=<file>]\n  -r, --pattern <expression>\n  -d, --help',
  wrong(io) {
    io.out(HELP)
    return 0
  },
  paths: ['/sbin/sysctl'],
  summary: 'configure kernel parameters at runtime',
  *run(io, options) {
    const session = new Session(io, options)
    if (options.has('system')) {
      yield* session.loadSystem()
      return session.code
    }
    if (options.has('load')) {
      const given = options.value('load')
      for (const file of given !== undefined ? [given, ...options.operands] : options.operands.length > 0 ? options.operands : [DEFAULT_FILE]) yield* session.load(file)
      return session.code
    }
    if (options.has('all')) {
      yield* session.read(ROOT)
      return session.code
    }
    if (options.operands.length === 0) {
      if (options.given.length === 0) wrongCall(io, HELP)
      io.err("sysctl: no variables specified\nTry `sysctl --help' for more information.\n")
      return 1
    }
    for (const word of options.operands) {
      if (options.has('write') || word.includes('=')) {
        if (!word.includes('=')) {
          if (exists(io, pathOf(word))) io.err('sysctl: command line(0): invalid syntax, continuing...\n')
          session.code = 1
        } else yield* session.write(word)
      } else yield* session.read(pathOf(word))
    }
    return session.code
  },
})
