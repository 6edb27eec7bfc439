/** The tree of an AWK program (gawk.info, "Reading Programs", "Expressions", "Actions"). */

export type Arithmetic = '+' | '-' | '*' | '/' | '%' | '^'
export type Relation = '<' | '<=' | '==' | '!=' | '>' | '>='

export type Variable = { readonly type: 'variable'; readonly name: string }
/** An element; `base` is a name or, in arrays of arrays, an element itself. */
export type Indexed = { readonly type: 'index'; readonly base: Variable | Indexed; readonly subscripts: readonly Expression[] }
export type Field = { readonly type: 'field'; readonly of: Expression }
export type Target = Variable | Indexed | Field

export type Expression =
  | Target
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'string'; readonly text: string }
  | { readonly type: 'regexp'; readonly source: string }
  | { readonly type: 'pattern'; readonly source: string }
  | { readonly type: 'assign'; readonly operator: Arithmetic | '='; readonly target: Target; readonly value: Expression }
  | { readonly type: 'choose'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly type: 'or' | 'and'; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'in'; readonly subscripts: readonly Expression[]; readonly array: Variable | Indexed }
  | { readonly type: 'match'; readonly sense: '~' | '!~'; readonly text: Expression; readonly pattern: Expression }
  | { readonly type: 'compare'; readonly operator: Relation; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'concat'; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'arithmetic'; readonly operator: Arithmetic; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'not' | 'minus' | 'plus' | 'group'; readonly of: Expression }
  | { readonly type: 'step'; readonly by: 1 | -1; readonly order: 'before' | 'after'; readonly target: Target }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly line: number }
  | { readonly type: 'indirect'; readonly name: Variable; readonly args: readonly Expression[]; readonly line: number }
  | { readonly type: 'builtin'; readonly name: string; readonly args: readonly Expression[]; readonly line: number }
  | { readonly type: 'getline'; readonly from: 'main' | 'file' | 'command' | 'coprocess'; readonly source?: Expression; readonly target?: Target }

export interface Redirection {
  readonly to: '>' | '>>' | '|' | '|&'
  readonly target: Expression
}

export type Statement = { readonly line: number } & (
  | { readonly type: 'expression'; readonly value: Expression }
  | { readonly type: 'print' | 'printf'; readonly args: readonly Expression[]; readonly redirection?: Redirection }
  | { readonly type: 'if'; readonly test: Expression; readonly yes: Statement; readonly no?: Statement }
  | { readonly type: 'while' | 'do'; readonly test: Expression; readonly body: Statement }
  | { readonly type: 'for'; readonly first?: Statement; readonly test?: Expression; readonly step?: Statement; readonly body: Statement }
  | { readonly type: 'for-in'; readonly variable: Target; readonly array: Variable | Indexed; readonly body: Statement }
  | { readonly type: 'block'; readonly body: readonly Statement[] }
  | { readonly type: 'switch'; readonly value: Expression; readonly cases: readonly Case[] }
  | { readonly type: 'next' | 'nextfile' | 'break' | 'continue' }
  | { readonly type: 'exit' | 'return'; readonly value?: Expression }
  | { readonly type: 'delete'; readonly array: Variable | Indexed; readonly subscripts?: readonly Expression[] }
)

export interface Case {
  /** None: `default`. */
  readonly label?: Expression
  readonly body: readonly Statement[]
}

export interface Rule {
  readonly pattern?: Expression
  /** A range `from, to`. */
  readonly until?: Expression
  /** None: print the record. */
  readonly action?: Statement
  readonly line: number
}

export interface FunctionDefinition {
  readonly name: string
  readonly parameters: readonly string[]
  readonly body: Statement
}

export type Section = 'BEGIN' | 'END' | 'BEGINFILE' | 'ENDFILE'

export interface ProgramTree {
  readonly sections: ReadonlyMap<Section, readonly Statement[]>
  readonly rules: readonly Rule[]
  readonly functions: ReadonlyMap<string, FunctionDefinition>
}

/** A program that cannot be: what is wrong, as gawk says it, with the place in front. */
export class ProgramError extends Error {}

export const isTarget = (e: Expression): e is Target => e.type === 'variable' || e.type === 'index' || e.type === 'field'
