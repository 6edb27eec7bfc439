/** sigs.k8s.io/yaml: JSON turned to YAML, keys sorted, lists not indented, strings that would read as something else in double quotes. */
import { stringify } from 'yaml'
import { sorted } from './json'

export const toYaml = (value: unknown): string => stringify(sorted(value), { indentSeq: false, lineWidth: 0, aliasDuplicateObjects: false })
