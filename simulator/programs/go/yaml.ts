/** sigs.k8s.io/yaml: JSON turned to YAML, keys sorted, lists not indented, strings that would read as something else in double quotes. */
import { Document, Scalar, visit } from 'yaml'
import { sorted } from './json'

/** What YAML 1.1 takes for something else than text where the library that writes here (1.2) does not: times, old booleans, base 60, octals. */
const READS_AS_OTHER =
  /^(?:\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?))?)?|[yY]|[nN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?|[-+]?0[bB]?[0-7_]+|[-+]?(?:\d[\d_]*\.[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d+)?)$/

export function toYaml(value: unknown): string {
  const document = new Document(sorted(value), { aliasDuplicateObjects: false })
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && READS_AS_OTHER.test(node.value)) node.type = Scalar.QUOTE_DOUBLE
    },
  })
  return document.toString({ indentSeq: false, lineWidth: 0 })
}
