/**
 * The default configuration with the values of a file in their places, as `containerd config dump` writes it out. A runtime that the file names
 * replaces the built-in one whole up to 1.7 (toml decodes a map's entry anew); in 2.x what the file says is laid over it.
 */
import { defaultConfig } from './defaults'
import { ownRelease, type Release } from '../../../containerd/release'
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { type Context, Failure } from '../../urfave/context'

const RUNTIME = /^(plugins\.'io\.containerd\.grpc\.v1\.cri'\.containerd\.runtimes\.[^.]+)(?:\.options)?$/

export function* merged(context: Context): Run<string> {
  const release = yield* ownRelease(context.sys)
  const path = context.string('config')
  const text = yield* readConfig(context, path, release)
  const config = yield* defaultConfig(release)
  if (text === undefined) return config
  const isLaidOver = release.line === '2'
  let lines = config.split('\n')
  const replaced = new Set<string>()
  const refuse = (what: string): never => context.refuse(`config dump: ${what}`)
  const set = (table: string, key: string, value: string): void => {
    const runtime = isLaidOver ? undefined : RUNTIME.exec(table)?.[1]
    if (runtime !== undefined && !replaced.has(runtime)) {
      replaced.add(runtime)
      lines = emptied(lines, runtime)
    }
    const at = placesOf(lines).get(`${table}/${key}`)
    if (at !== undefined) lines[at] = `${(lines[at] ?? '').split(' = ', 1)[0]} = ${written(value, release)}`
    else if (runtime !== undefined && table.endsWith('.options')) lines = inserted(lines, table, `${key} = ${written(value, release)}`)
    else refuse(`${table}/${key}`)
  }
  let table = ''
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    const header = /^\[([^\]]+)\]\s*(?:#.*)?$/.exec(line)
    const pair = /^([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|'[^']*'|\[[^\]]*\]|[\w.+-]+)\s*(?:#.*)?$/.exec(line)
    if (header) table = plain(header[1] ?? '')
    else if (pair) set(table, pair[1] ?? '', pair[2] ?? '')
    else refuse(line)
  }
  // In 2.x the list of imports is only what the file itself imports.
  if (!isLaidOver) set('', 'imports', `["${path}"]`)
  return lines.join('\n')
}

/** A table's name, however its parts are quoted. */
const plain = (table: string): string => table.trim().replaceAll('"', "'")

/** Strings stand in single quotes in 2.x. */
const written = (value: string, { line }: Release): string => (line === '2' ? value.replace(/^"([^'\\]*)"$/, "'$1'") : value.replace(/^'([^"\\]*)'$/, '"$1"'))

/** The line of each key, by its table. */
function placesOf(lines: readonly string[]): Map<string, number> {
  const places = new Map<string, number>()
  let table = ''
  for (const [i, line] of lines.entries()) {
    const header = /^\s*\[([^\]]+)\]$/.exec(line)
    const pair = /^\s*([\w-]+) = /.exec(line)
    if (header) table = plain(header[1] ?? '')
    else if (pair) places.set(`${table}/${pair[1] ?? ''}`, i)
  }
  return places
}

const ZERO: Readonly<Record<string, string>> = { '"': '""', '[': '[]', t: 'false', f: 'false' }

/** A runtime before anything is said of it: every value is that of its type, and it has no options. */
function emptied(lines: readonly string[], runtime: string): string[] {
  let table = ''
  return lines.flatMap((line) => {
    const header = /^\s*\[([^\]]+)\]$/.exec(line)
    if (header) table = plain(header[1] ?? '')
    const pair = /^(\s*[\w-]+ = )(.)/.exec(line)
    if (header || !pair) return [line]
    if (table === `${runtime}.options`) return []
    return table === runtime ? [`${pair[1]}${ZERO[pair[2] ?? ''] ?? '0'}`] : [line]
  })
}

/** A key in its table, which lists them by name. */
function inserted(lines: readonly string[], table: string, entry: string): string[] {
  const head = lines.findIndex((line) => plain(/^\s*\[([^\]]+)\]$/.exec(line)?.[1] ?? '') === table)
  const indent = `${/^\s*/.exec(lines[head] ?? '')?.[0] ?? ''}  `
  let at = head + 1
  while (lines[at]?.startsWith(indent) && (lines[at] ?? '').trim() < entry) at++
  return [...lines.slice(0, at), `${indent}${entry}`, ...lines.slice(at)]
}

/** A file that is not there is none, if it is the one that is looked for anyway; in 2.x any. */
function* readConfig(context: Context, path: string, { line }: Release): Run<string | undefined> {
  try {
    return decode(yield* context.sys.readFile(path))
  } catch (error) {
    if (!isErrno(error)) throw error
    if (error.code === 'ENOENT' && (line === '2' || !context.isSet('config'))) return undefined
    const words = error.message.toLowerCase()
    if (line === '2') throw new Failure(error.code === 'EISDIR' ? `failed to unmarshal TOML: toml: read ${path}: ${words}` : `failed to load TOML: ${path}: open ${path}: ${words}`)
    throw new Failure(`failed to load TOML: ${path}: ${error.code === 'EISDIR' ? 'read' : 'open'} ${path}: ${words}`)
  }
}
