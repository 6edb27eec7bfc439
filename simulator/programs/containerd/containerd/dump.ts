/** The default configuration with the values of a file in their places, as `containerd config dump` writes it out. */
import { DEFAULT_CONFIG } from './texts'
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { type Context, Failure } from '../../urfave/context'

export function* merged(context: Context): Run<string> {
  const path = context.string('config')
  const text = yield* readConfig(context, path)
  if (text === undefined) return DEFAULT_CONFIG
  const lines = DEFAULT_CONFIG.split('\n')
  const places = placesOf(lines)
  const set = (place: string, value: string): void => {
    const at = places.get(place)
    if (at === undefined) context.refuse(`config dump: ${place}`)
    else lines[at] = `${(lines[at] ?? '').split(' = ', 1)[0]} = ${value}`
  }
  let table = ''
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    const header = /^\[([^\]]+)\]\s*(?:#.*)?$/.exec(line)
    const pair = /^([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|\[[^\]]*\]|[\w.+-]+)\s*(?:#.*)?$/.exec(line)
    if (header) table = header[1] ?? ''
    else if (pair) set(`${table}/${pair[1] ?? ''}`, pair[2] ?? '')
    else return context.refuse(`config dump: ${line}`)
  }
  set('/imports', `["${path}"]`)
  return lines.join('\n')
}

/** The line of each key, by its table. */
function placesOf(lines: readonly string[]): Map<string, number> {
  const places = new Map<string, number>()
  let table = ''
  for (const [i, line] of lines.entries()) {
    const header = /^\s*\[([^\]]+)\]$/.exec(line)
    const pair = /^\s*([\w-]+) = /.exec(line)
    if (header) table = header[1] ?? ''
    else if (pair) places.set(`${table}/${pair[1] ?? ''}`, i)
  }
  return places
}

/** A file that is not there is none, if it is the one that is looked for anyway. */
function* readConfig(context: Context, path: string): Run<string | undefined> {
  try {
    return decode(yield* context.sys.readFile(path))
  } catch (error) {
    if (!isErrno(error)) throw error
    if (error.code === 'ENOENT' && !context.isSet('config')) return undefined
    const words = error.message.toLowerCase()
    throw new Failure(`failed to load TOML: ${path}: ${error.code === 'EISDIR' ? 'read' : 'open'} ${path}: ${words}`)
  }
}
