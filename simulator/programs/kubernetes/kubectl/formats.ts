/** Output formats that print objects rather than a table: `-o json`, `yaml`, `name`, `jsonpath=…`, `custom-columns=…`, `go-template=…` (cli-runtime pkg/printers, pkg/cmd/get). */
import type { Resource } from '../../../kubernetes/api/kinds'
import { execute, type Options, TemplateError } from '../../go/template/execute'
import { named } from './kinds'
import { NotHere, Refused } from './refused'
import { JsonPathError, jsonPath, shown, valuesAt } from './jsonpath'
import { toJson, toYaml } from './output'
import { table } from './table'

/** How cli-runtime's template printer runs a template. */
const TEMPLATES: Options = { name: 'output', missingKey: 'shown', numbers: 'float64' }

const FORMATS = ['custom-columns', 'custom-columns-file', 'go-template', 'go-template-file', 'json', 'jsonpath', 'jsonpath-as-json', 'jsonpath-file', 'name', 'template', 'templatefile', 'wide', 'yaml']

/** A name and what stands after `=`. */
export interface Format {
  readonly name: string
  readonly argument: string
}

/** Refuses what is none of the formats that a command has. */
export function formatOf(output: string, formats: readonly string[] = FORMATS): Format {
  const at = output.indexOf('=')
  const name = at < 0 ? output : output.slice(0, at)
  const argument = at < 0 ? '' : output.slice(at + 1)
  if (name !== '' && !formats.includes(name)) throw new Refused(`error: unable to match a printer suitable for the output format "${name}", allowed formats are: ${formats.join(',')}`)
  switch (name) {
    case '':
    case 'wide':
    case 'json':
    case 'yaml':
    case 'name': return { name, argument }
    case 'jsonpath':
    case 'jsonpath-as-json':
    case 'go-template':
    case 'template':
      if (argument === '') throw new Refused('error: template format specified but no template given')
      return { name: name === 'template' ? 'go-template' : name, argument }
    case 'custom-columns':
      if (argument === '') throw new Refused('error: custom-columns format specified but no custom columns given')
      columnsOf(argument)
      return { name, argument }
    case 'custom-columns-file':
    case 'go-template-file':
    case 'jsonpath-file':
    case 'templatefile': throw new NotHere(`kubectl: -o ${name}: not simulated in this lab`)
    default: throw new Refused(`error: unable to match a printer suitable for the output format "${name}", allowed formats are: ${formats.join(',')}`)
  }
}

function columnsOf(spec: string): { header: string; path: string }[] {
  return spec.split(',').map((part) => {
    const at = part.indexOf(':')
    if (at < 0) throw new Refused(`error: unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`)
    return { header: part.slice(0, at), path: relaxed(part.slice(at + 1)) }
  })
}

/** `metadata.name`, `.metadata.name` and `{.metadata.name}` are one. */
export const relaxed = (path: string): string => {
  const bare = path.replace(/^\{(.*)\}$/, '$1')
  return bare.startsWith('.') || bare.startsWith('[') || bare.startsWith('$') ? bare : `.${bare}`
}

export interface Printed {
  readonly resource: Resource
  readonly object: { readonly metadata: { readonly name: string } }
}

/** One object as it is, several as a list; clients before 1.24 gave it an empty link to itself. */
export type Count = 'one' | 'list' | 'linked list'

const valueOf = (objects: readonly Printed[], count: Count): unknown =>
  count === 'one' && objects[0] ? objects[0].object : { apiVersion: 'v1', items: objects.map(({ object }) => object), kind: 'List', metadata: { resourceVersion: '', ...(count === 'linked list' ? { selfLink: '' } : {}) } }

export const nameOf = ({ resource, object }: Printed): string => named(resource, object.metadata.name)

export function printFormatted({ name, argument }: Format, objects: readonly Printed[], count: Count, headers: 'headers' | 'no-headers'): string {
  const value = valueOf(objects, count)
  try {
    switch (name) {
      case 'json': return toJson(value)
      case 'yaml': return toYaml(value)
      case 'name': return objects.map((printed) => `${nameOf(printed)}\n`).join('')
      case 'jsonpath': return jsonPath(argument, value)
      case 'jsonpath-as-json': return toJson(valuesAt(relaxed(argument), value))
      case 'go-template': return execute(argument, value, TEMPLATES)
      default: {
        const columns = columnsOf(argument)
        const rows = objects.map(({ object }) => columns.map(({ path }) => valuesAt(path, object).map(shown).join(',') || '<none>'))
        return table(headers === 'headers' ? [columns.map(({ header }) => header), ...rows] : rows)
      }
    }
  } catch (error) {
    if (error instanceof JsonPathError) {
      const parsing = /unclosed|unterminated|unrecognized|not in range|range not closed|invalid array/.test(error.message)
      throw new Refused(parsing ? `error: error parsing jsonpath ${argument}, ${error.message}` : `error: error executing jsonpath ${JSON.stringify(argument)}: ${error.message}`)
    }
    if (error instanceof TemplateError) {
      throw new Refused(error.stage === 'parse' ? `error: error parsing template ${argument}, ${error.message}` : `error: error executing template ${JSON.stringify(argument)}: ${error.message}`)
    }
    throw error
  }
}
