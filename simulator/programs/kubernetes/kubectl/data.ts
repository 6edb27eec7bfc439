/** What `--from-literal`, `--from-file` and `--from-env-file` bring into a ConfigMap or a Secret (pkg/cmd/create, util/env_file.go). */
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { type Context, Refused } from './command'

const KEY = /^[-._a-zA-Z0-9]+$/
const KEY_WORDS = "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"

export function* dataOf(context: Context): Run<[string, string][]> {
  const { flags } = context
  const found: [string, string][] = []
  const env = flags.all('from-env-file')
  if (env.length > 0 && (flags.all('from-file').length > 0 || flags.all('from-literal').length > 0)) throw new Refused('error: from-env-file cannot be combined with from-file or from-literal')
  const put = (key: string, value: string): void => {
    if (!KEY.test(key)) throw new Refused(`error: ${JSON.stringify(key)} is not a valid key name for a ConfigMap: ${KEY_WORDS}`)
    if (found.some(([known]) => known === key)) throw new Refused(`error: cannot add key ${JSON.stringify(key)}, another key by that name already exists in Data for ConfigMap`)
    found.push([key, value])
  }
  for (const source of flags.all('from-file').flatMap((text) => text.split(','))) for (const [key, value] of yield* filesOf(context, source)) put(key, value)
  for (const text of flags.all('from-literal')) {
    const at = text.indexOf('=')
    if (at <= 0) throw new Refused(`error: invalid literal source ${text}, expected key=value`)
    put(text.slice(0, at), unquoted(text.slice(at + 1)))
  }
  for (const path of env) {
    for (const line of (yield* textOf(context, path)).split('\n').map((each) => each.replace(/^\s+/, ''))) {
      if (line === '' || line.startsWith('#')) continue
      const [key = '', ...value] = line.split('=')
      put(key, value.length > 0 ? value.join('=') : (context.io.env(key) ?? ''))
    }
  }
  return found
}

const unquoted = (value: string): string => (/^(["']).*\1$/s.test(value) && value.length > 1 ? value.slice(1, -1) : value)

function* textOf({ io }: Context, path: string): Run<string> {
  try {
    return decode(yield* io.sys.readFile(path))
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Refused(`error: error reading ${path}: ${error.message.toLowerCase()}`)
  }
}

/** `FILE`, `KEY=FILE`, or a folder, of which every file is taken. */
function* filesOf(context: Context, source: string): Run<[string, string][]> {
  const { io } = context
  const [key, path = ''] = source.includes('=') ? source.split('=', 2) : [undefined, source]
  if (source.split('=').length > 2) throw new Refused('error: key names or file paths cannot contain \'=\'')
  let kind: string
  try {
    kind = io.sys.stat(path).kind
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Refused(`error: error reading ${path}: ${error.message.toLowerCase()}`)
  }
  if (kind !== 'dir') return [[key ?? path.split('/').at(-1) ?? '', yield* textOf(context, path)]]
  if (key !== undefined) throw new Refused(`error: cannot give a key name for a directory path`)
  const found: [string, string][] = []
  for (const { name } of io.sys.readdir(path)) {
    const file = `${path.replace(/\/$/, '')}/${name}`
    if (io.sys.stat(file).kind === 'file') found.push([name, yield* textOf(context, file)])
  }
  return found
}
