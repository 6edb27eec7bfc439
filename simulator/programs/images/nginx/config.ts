/**
 * nginx.conf (nginx's documentation, "Beginner's Guide" and the core and http modules): directives end with `;` or open a block. What is set
 * here is what the server stands by; directives that only tune it are read over, and any other is not simulated.
 */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'

interface Directive {
  readonly name: string
  readonly args: readonly string[]
  readonly block: readonly Directive[] | undefined
  readonly file: string
  readonly line: number
}

export interface Listen {
  readonly address: string
  readonly port: number
}

export interface Server {
  readonly listens: readonly Listen[]
  readonly name: string
  readonly root: string
  readonly index: readonly string[]
}

export interface Settings {
  readonly daemon: 'on' | 'off'
  readonly user: string
  readonly workers: number
  readonly errorLog: string
  readonly pidFile: string
  readonly accessLog: string
  readonly logFormat: string
  readonly defaultType: string
  readonly types: ReadonlyMap<string, string>
  readonly servers: readonly Server[]
}

/** `[emerg]` and its words. */
export class ConfigError extends Error {}
export class NotSimulated extends Error {}

const TUNING = [
  'worker_connections', 'sendfile', 'tcp_nopush', 'tcp_nodelay', 'keepalive_timeout', 'gzip', 'error_page', 'server_names_hash_bucket_size', 'multi_accept', 'worker_rlimit_nofile', 'server_tokens',
]
const COMBINED = '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"'

function tokens(text: string): { readonly word: string; readonly line: number; readonly isQuoted: boolean }[] {
  const found: { word: string; line: number; isQuoted: boolean }[] = []
  let line = 1
  for (const match of text.matchAll(/(\n)|#[^\n]*|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([;{}])|[^\s;{}]+/gs)) {
    if (match[1]) line++
    else if (!match[0].startsWith('#')) {
      const quoted = match[2] ?? match[3]
      found.push({ word: quoted === undefined ? match[0] : quoted.replace(/\\(["'\\])/g, '$1'), line, isQuoted: quoted !== undefined })
      line += (quoted?.match(/\n/g) ?? []).length
    }
  }
  return found
}

function parse(text: string, file: string): Directive[] {
  const list = tokens(text)
  let at = 0
  const block = (isInner: 'inner' | 'file'): Directive[] => {
    const directives: Directive[] = []
    for (;;) {
      const first = list[at++]
      if (first === undefined) {
        if (isInner === 'inner') throw new ConfigError(`unexpected end of file, expecting "}" in ${file}:${list.at(-1)?.line ?? 1}`)
        return directives
      }
      if (first.word === '}' && !first.isQuoted) {
        if (isInner === 'inner') return directives
        throw new ConfigError(`unexpected "}" in ${file}:${first.line}`)
      }
      const args: string[] = []
      let end = list[at++]
      for (; end && (end.isQuoted || !';{}'.includes(end.word)); end = list[at++]) args.push(end.word)
      if (end === undefined) throw new ConfigError(`unexpected end of file, expecting ";" or "}" in ${file}:${first.line}`)
      if (end.word === '}') throw new ConfigError(`unexpected "}" in ${file}:${end.line}`)
      directives.push({ name: first.word, args, block: end.word === '{' ? block('inner') : undefined, file, line: first.line })
    }
  }
  return block('file')
}

function* read(sys: Sys, file: string): Run<Directive[]> {
  let text: string
  try {
    text = yield* sys.readText(file)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new ConfigError(`open() "${file}" failed (${error.code === 'ENOENT' ? 2 : 13}: ${error.message})`)
  }
  return yield* included(sys, parse(text, file))
}

/** `80`, `[::]:80`, `127.0.0.1:8080`, `127.0.0.1` (nginx's http core module, "listen"). */
function listenOf(text: string): Listen {
  const [, host = '', port = ''] = /^(?:(\[[^\]]+\]|[^:]*[^:\d][^:]*|\d+(?:\.\d+){3}|\*)(?::(?=\d)|$))?(\d*)$/.exec(text) ?? []
  return { address: host === '' || host === '*' || host === 'localhost' ? (host === 'localhost' ? '127.0.0.1' : '0.0.0.0') : host.replace(/^\[|\]$/g, ''), port: Number(port) || 80 }
}

/** Puts what `include` names in its place; a pattern may match nothing. */
function* included(sys: Sys, directives: readonly Directive[]): Run<Directive[]> {
  const all: Directive[] = []
  for (const directive of directives) {
    if (directive.name === 'include') {
      const path = directive.args[0]?.replace(/^(?!\/)/, '/etc/nginx/') ?? ''
      if (!path.includes('*')) all.push(...(yield* read(sys, path)))
      else {
        const folder = path.slice(0, path.lastIndexOf('/'))
        const ending = path.slice(path.lastIndexOf('*') + 1)
        const names = sys.access(folder, { read: true }) ? sys.readdir(folder).map(({ name }) => name) : []
        for (const name of names.filter((n) => n.endsWith(ending)).sort()) all.push(...(yield* read(sys, `${folder}/${name}`)))
      }
    } else all.push(directive.block ? { ...directive, block: yield* included(sys, directive.block) } : directive)
  }
  return all
}

export function* settingsOf(sys: Sys, file: string, extra: string, cpus: number): Run<Settings> {
  const directives = [...parse(extra, '(command line)'), ...(yield* read(sys, file))]
  const main = { daemon: 'on', user: 'nobody', worker_processes: '1', error_log: '/var/log/nginx/error.log', pid: '/run/nginx.pid' }
  const http = { access_log: '/var/log/nginx/access.log', format: 'combined', default_type: 'text/plain', root: 'html', index: ['index.html'] as readonly string[] }
  const formats = new Map([['combined', COMBINED]])
  const types = new Map<string, string>()
  const servers: Server[] = []
  const serverOf = (block: readonly Directive[]): Server => {
    let server: Server = { listens: [], name: '', root: http.root, index: http.index }
    for (const { name, args, block: inner, file: from, line } of block) {
      const [first = ''] = args
      if (name === 'listen') server = { ...server, listens: [...server.listens, listenOf(first)] }
      else if (name === 'server_name') server = { ...server, name: first }
      else if (name === 'root') server = { ...server, root: first }
      else if (name === 'index') server = { ...server, index: args }
      else if (name === 'location' && first === '/' && inner) server = { ...server, ...within(inner) }
      else if (!(name === 'location' && first === '=') && !TUNING.includes(name)) throw new NotSimulated(`${name} in ${from}:${line}`)
    }
    return server.listens.length > 0 ? server : { ...server, listens: [listenOf('80')] }
  }
  const within = (block: readonly Directive[]): Partial<Server> => {
    const root = block.find(({ name }) => name === 'root')?.args[0]
    const index = block.find(({ name }) => name === 'index')?.args
    const other = block.find(({ name }) => !['root', 'index', ...TUNING].includes(name))
    if (other) throw new NotSimulated(`${other.name} in ${other.file}:${other.line}`)
    return { ...(root ? { root } : {}), ...(index ? { index } : {}) }
  }
  for (const { name, args, block, file: from, line } of directives) {
    const [first = ''] = args
    if (name === 'http') {
      for (const inner of block ?? []) {
        const [value = ''] = inner.args
        if (inner.name === 'types') for (const { name: type, args: endings } of inner.block ?? []) for (const ending of endings) types.set(ending, type)
        else if (inner.name === 'default_type') http.default_type = value
        else if (inner.name === 'log_format') formats.set(value, inner.args.slice(1).join(''))
        else if (inner.name === 'access_log') {
          http.access_log = value
          http.format = inner.args[1] ?? 'combined'
        } else if (inner.name === 'server') servers.push(serverOf(inner.block ?? []))
        else if (!TUNING.includes(inner.name)) throw new NotSimulated(`${inner.name} in ${inner.file}:${inner.line}`)
      }
    } else if (name in main) Object.assign(main, { [name]: first })
    else if (name !== 'events' && !TUNING.includes(name)) throw new NotSimulated(`${name} in ${from}:${line}`)
  }
  const logFormat = formats.get(http.format)
  if (logFormat === undefined) throw new ConfigError(`unknown log format "${http.format}" in ${file}`)
  return {
    daemon: main.daemon === 'off' ? 'off' : 'on', user: main.user, workers: main.worker_processes === 'auto' ? cpus : Number(main.worker_processes), errorLog: main.error_log, pidFile: main.pid,
    accessLog: http.access_log, logFormat, defaultType: http.default_type, types, servers,
  }
}
