/** sigs.k8s.io/yaml: JSON turned to YAML as go-yaml 2 writes it: keys sorted, lists not indented, and its own choice of quotes. */
import { Document, Scalar, visit } from 'yaml'
import { sorted } from './json'

/** What would be read as something else than text: nothing, booleans, numbers, times, base 60, octals. */
const READS_AS_OTHER =
  /^(?:|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|<<|\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?))?)?|[yY]|[nN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?|[-+]?0[bB]?[0-7_]+|[-+]?0[xX][\da-fA-F_]+|[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/

/** What a plain scalar cannot be outside of brackets (go-yaml emitterc.go, yaml_emitter_analyze_scalar). */
const NOT_PLAIN = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?:](?: |$)|-(?: |$)| )|: |:$| #| $/

/** What only double quotes can hold: control characters. */
const NOT_SINGLE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]/

function style(text: string): Scalar.Type {
  if (text.includes('\n')) return Scalar.BLOCK_LITERAL
  if (READS_AS_OTHER.test(text) || NOT_SINGLE.test(text)) return Scalar.QUOTE_DOUBLE
  return NOT_PLAIN.test(text) ? Scalar.QUOTE_SINGLE : Scalar.PLAIN
}

export function toYaml(value: unknown): string {
  const document = new Document(sorted(value), { aliasDuplicateObjects: false })
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string') node.type = style(node.value)
    },
  })
  return document.toString({ indentSeq: false, lineWidth: 0 })
}
