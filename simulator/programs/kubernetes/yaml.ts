/** YAML by its library. Most files of a node's daemons need it not (plain.ts). */
import { parse } from 'yaml'
import type { Run } from '../../kernel/run'

export function* wholeYaml(text: string): Run<unknown> {
  return parse(text)
}
