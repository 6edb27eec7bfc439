/** What crictl is told about its server: flags, environment and /etc/crictl.yaml (cmd/crictl/main.go, pkg/common/file.go). */
import { Document, isMap, isScalar, parseDocument } from 'yaml'
import { decode, encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { quote } from '../../go/strconv'
import { type Context, Failure } from '../../urfave/context'

/** Options in the order in which a new file has them, with how a value is checked and shown. */
const OPTIONS: Readonly<Record<string, 'text' | 'number' | 'flag'>> = {
  'runtime-endpoint': 'text', 'image-endpoint': 'text', timeout: 'number', debug: 'flag', 'pull-image-on-create': 'flag', 'disable-pull-on-run': 'flag',
}
const EMPTY = { text: '', number: '0', flag: 'false' } as const
const TRUE = ['1', 't', 'T', 'TRUE', 'true', 'True']
const FALSE = ['0', 'f', 'F', 'FALSE', 'false', 'False']

export type Config = ReadonlyMap<string, string>

/** Where crictl looks when nobody tells it, in order. */
export const DEFAULT_ENDPOINTS: readonly [string, ...string[]] = ['unix:///var/run/dockershim.sock', 'unix:///run/containerd/containerd.sock', 'unix:///run/crio/crio.sock', 'unix:///var/run/cri-dockerd.sock']

/** A value as Go reads it, or its complaint. */
export function checked(name: string, value: string, sentence: string): string {
  const kind = OPTIONS[name]
  if (kind === undefined) throw new Failure(`no configuration option named ${name}`)
  if (kind === 'number') {
    if (!/^[+-]?\d+$/.test(value)) throw new Failure(`${sentence}: strconv.Atoi: parsing ${quote(value)}: invalid syntax`)
    return String(Number(value))
  }
  if (kind === 'flag') {
    if (!TRUE.includes(value) && !FALSE.includes(value)) throw new Failure(`${sentence}: strconv.ParseBool: parsing ${quote(value)}: invalid syntax`)
    return String(TRUE.includes(value))
  }
  return value
}

export function parseConfig(text: string): Config {
  const { contents } = parseDocument(text)
  const values = new Map(Object.entries(OPTIONS).map(([name, kind]): [string, string] => [name, EMPTY[kind]]))
  if (!isMap(contents)) return values
  for (const { key, value } of contents.items) {
    const name = isScalar(key) ? String(key.value) : ''
    if (!(name in OPTIONS)) throw new Failure(`Config option '${name}' is not valid`)
    const given = isScalar(value) ? (value.source ?? String(value.value ?? '')) : ''
    values.set(name, checked(name, given, `parsing config option '${name}'`))
  }
  return values
}

/** The file with these values; what else it says (comments, order) stays. */
export function withConfig(text: string, config: Config): string {
  const parsed = parseDocument(text)
  const document = isMap(parsed.contents) ? parsed : new Document({})
  for (const [name, kind] of Object.entries(OPTIONS)) {
    const value = config.get(name) ?? EMPTY[kind]
    document.set(name, kind === 'number' ? Number(value) : kind === 'flag' ? value === 'true' : value)
  }
  return document.toString({ lineWidth: 0 })
}

function* readIfThere(sys: Sys, path: string): Run<string | undefined> {
  try {
    return decode(yield* sys.readFile(path))
  } catch (error) {
    if (isErrno(error)) return undefined
    throw error
  }
}

/** The file that is in force; one that was named must be there (else the place of the program is looked at too). */
export function* loadConfig(context: Context): Run<Config | undefined> {
  const text = yield* readIfThere(context.sys, context.string('config'))
  if (text !== undefined) {
    try {
      return parseConfig(text)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      if (context.isSet('config')) throw new Failure(`load config file: ${error.message}`)
      return undefined
    }
  }
  const beside = '/usr/local/bin/crictl.yaml'
  const other = yield* readIfThere(context.sys, beside)
  if (other !== undefined) return parseConfig(other)
  if (context.isSet('config')) throw new Failure(`load config file: stat ${beside}: no such file or directory`)
  return undefined
}

/** A flag before the file, the file before nothing. */
export function* setting(context: Context, name: string): Run<string> {
  if (context.isSet(name)) return context.string(name)
  return (yield* loadConfig(context))?.get(name) ?? ''
}

/** The endpoints that are set; an empty one was set to be empty. The image service's is the runtime's unless it has one of its own. */
export function* endpointsOf(context: Context): Run<{ readonly runtime: string | undefined; readonly image: string | undefined }> {
  const of = function* (name: string): Run<string | undefined> {
    return (yield* setting(context, name)) || (context.isSet(name) ? '' : undefined)
  }
  const runtime = yield* of('runtime-endpoint')
  return { runtime, image: (yield* of('image-endpoint')) || runtime }
}

export function* writeConfig(sys: Sys, path: string, config: Config): Run {
  yield* sys.writeFile(path, encode(withConfig((yield* readIfThere(sys, path)) ?? '', config)), { mode: 0o644 })
}
