/** Go templates as docker's commands use them: rows of a table, or an object whole (docker/cli templates, cli/command/formatter, cli/command/inspect). */
import { execute, TemplateError } from '../../go/template/execute'
import { textFunction, valueFunction } from '../../go/template/execute'
import type { TemplateFunction } from '../../go/template/functions'
import { marshalLine, sorted } from '../../go/json'
import { tabulate } from '../../go/tabwriter'
import { Refused } from './command'

const LAYOUT = { minWidth: 10, tabWidth: 1, padding: 3, padChar: ' ' } as const

const textAndMore = (call: (args: readonly unknown[]) => unknown, takes: TemplateFunction['takes']): TemplateFunction => ({ takes, call })
const number = (value: unknown): number => Number(value)

/** templates.go basicFunctions. */
export const FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  json: valueFunction((value) => marshalLine(sorted(back(value)))),
  split: textAndMore(([text, separator]) => String(text).split(String(separator)), ['string', 'string']),
  join: textAndMore(([list, separator]) => (Array.isArray(list) ? list.join(String(separator)) : String(list)), ['any', 'string']),
  title: textFunction((text) => text.replace(/(^|\s)(\S)/g, (_, before: string, letter: string) => before + letter.toUpperCase())),
  lower: textFunction((text) => text.toLowerCase()),
  upper: textFunction((text) => text.toUpperCase()),
  pad: textAndMore(([text, before, after]) => (text === '' ? '' : ' '.repeat(number(before)) + String(text) + ' '.repeat(number(after))), ['string', 'any', 'any']),
  truncate: textAndMore(([text, length]) => String(text).slice(0, number(length)), ['string', 'any']),
  println: { takes: ['any'], repeats: 'last', call: (args) => `${args.join(' ')}\n` },
}
/** Of the heading of a table. */
const HEADING: Readonly<Record<string, TemplateFunction>> = { ...FUNCTIONS, json: textFunction((text) => text), truncate: textAndMore(([text]) => text, ['string', 'any']) }

export type Row = Readonly<Record<string, string>>

export interface Table {
  /** The type whose fields the template sees, as its errors name it. */
  readonly type: string
  readonly headings: Row
}

/** `table …` or a template for each row; what docker shows. */
export function formatted(format: string, table: Table, rows: readonly Row[]): string {
  const isTable = format.startsWith('table')
  const template = (isTable ? format.slice('table'.length) : format).trim().replaceAll('\\t', '\t').replaceAll('\\n', '\n')
  const show = (row: Row, functions: typeof FUNCTIONS): string => rendered(template, row, functions, table.type)
  if (!isTable) return rows.map((row) => `${show(row, FUNCTIONS)}\n`).join('')
  const heading = show(table.headings, HEADING)
  return tabulate([heading, ...rows.map((row) => show(row, FUNCTIONS))].map((line) => `${line}\n`).join(''), LAYOUT)
}

function rendered(template: string, row: Row, functions: typeof FUNCTIONS, type: string): string {
  try {
    return execute(template, row, { name: '', functions, missingKey: 'error', numbers: 'json.Number' })
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    if (error.stage === 'parse') throw new Refused(`failed to parse template: ${error.message}`)
    throw new Refused(`failed to execute template: ${error.message.replace(/map has no entry for key "(.*)"$/, (_, name: string) => `can't evaluate field ${name} in type ${type}`)}`)
  }
}

// ── whole objects ───────────────────────────────────────────────────────────────────────────────────────

/** Lists and maps that are none in Go: a template shows them as empty ones, JSON as null. */
const NONE = new WeakSet<object>()
const MAPS = ['Volumes', 'Labels', 'DriverOpts', 'Options', 'ExposedPorts', 'Sysctls', 'Tmpfs']
const POINTERS = ['MemorySwappiness', 'PidsLimit', 'IPAMConfig', 'Health', 'Mounts']

function forTemplate(value: unknown, name = ''): unknown {
  if (value === null) {
    if (POINTERS.includes(name)) return null
    const none = MAPS.includes(name) ? {} : []
    NONE.add(none)
    return none
  }
  if (Array.isArray(value)) return value.map((item) => forTemplate(item))
  if (typeof value !== 'object') return value
  const made = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, forTemplate(item, key)]))
  // Go's field has the longer name.
  if ('Id' in made) Object.defineProperty(made, 'ID', { value: made.Id, enumerable: false })
  return made
}

function back(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (NONE.has(value)) return null
  if (Array.isArray(value)) return value.map(back)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, back(item)]))
}

/** What a template makes of an object; parsed before anything is asked (inspect.NewTemplateInspectorFromString). */
export function inspected(template: string, value: unknown): string {
  try {
    return `${execute(template, forTemplate(value), { name: '', functions: OBJECT_FUNCTIONS, missingKey: 'error', numbers: 'json.Number' })}\n`
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw new Refused(error.stage === 'parse' ? `Template parsing error: ${error.message}` : `template parsing error: ${error.message}`, error.stage === 'parse' ? 64 : 1)
  }
}

/** Fields of a struct come in their own order. */
const OBJECT_FUNCTIONS: typeof FUNCTIONS = { ...FUNCTIONS, json: valueFunction((value) => marshalLine(back(value))) }
