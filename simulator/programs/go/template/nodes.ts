/** The tree of a Go template, and how a node reads in a complaint (text/template/parse node.go). */

interface Placed {
  readonly at: number
}
export type Operand =
  | (Placed & { readonly kind: 'dot' | 'nil' })
  | (Placed & { readonly kind: 'bool'; readonly value: boolean })
  | (Placed & { readonly kind: 'number'; readonly text: string; readonly value: Constant })
  | (Placed & { readonly kind: 'string'; readonly text: string; readonly value: string })
  | (Placed & { readonly kind: 'identifier'; readonly name: string })
  | (Placed & { readonly kind: 'field'; readonly names: readonly string[] })
  | (Placed & { readonly kind: 'variable'; readonly names: readonly string[] })
  | (Placed & { readonly kind: 'chain'; readonly of: Operand; readonly names: readonly string[] })
  | Pipe

/** A whole number or one with a point. */
export type Constant = bigint | Float
export class Float {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

export interface Command extends Placed {
  readonly kind: 'command'
  readonly args: readonly Operand[]
}

export interface Pipe extends Placed {
  readonly kind: 'pipe'
  readonly variables: readonly string[]
  readonly sets: 'new' | 'old'
  readonly commands: readonly Command[]
}

export type Node =
  | (Placed & { readonly kind: 'text'; readonly text: string })
  | (Placed & { readonly kind: 'action'; readonly pipe: Pipe })
  | (Placed & { readonly kind: 'if' | 'with' | 'range'; readonly pipe: Pipe; readonly body: readonly Node[]; readonly otherwise: readonly Node[] | undefined })
  | (Placed & { readonly kind: 'template'; readonly name: string; readonly pipe: Pipe | undefined })
  | (Placed & { readonly kind: 'break' | 'continue' })

export interface Template {
  readonly name: string
  readonly source: string
  readonly body: readonly Node[]
  readonly defined: ReadonlyMap<string, readonly Node[]>
}

export function operandText(node: Operand | Command): string {
  switch (node.kind) {
    case 'dot': return '.'
    case 'nil': return 'nil'
    case 'bool': return String(node.value)
    case 'number':
    case 'string': return node.text
    case 'identifier': return node.name
    case 'field': return `.${node.names.join('.')}`
    case 'variable': return node.names.join('.')
    case 'chain': return `${inner(node.of)}.${node.names.join('.')}`
    case 'command': return node.args.map(inner).join(' ')
    case 'pipe': return `${node.variables.length === 0 ? '' : `${node.variables.join(', ')} ${node.sets === 'old' ? '=' : ':='} `}${node.commands.map(operandText).join(' | ')}`
  }
}

const inner = (node: Operand): string => (node.kind === 'pipe' ? `(${operandText(node)})` : operandText(node))
