/** The shell's variables: scalars, indexed and associative arrays, their attributes, and the scopes of functions (bash(1), PARAMETERS). */
export interface Attributes {
  exported?: boolean
  readonly?: boolean
  integer?: boolean
  lower?: boolean
  upper?: boolean
  nameref?: boolean
  trace?: boolean
}

export class Variable implements Attributes {
  value: string | undefined
  /** Elements of an indexed array; an element's number is its key. */
  list: Map<number, string> | undefined
  map: Map<string, string> | undefined
  exported = false
  readonly = false
  integer = false
  lower = false
  upper = false
  nameref = false
  trace = false
  constructor(value?: string) {
    this.value = value
  }
  clone(): Variable {
    const copy = new Variable(this.value)
    Object.assign(copy, this)
    if (this.list) copy.list = new Map(this.list)
    if (this.map) copy.map = new Map(this.map)
    return copy
  }
  get isArray(): boolean {
    return this.list !== undefined || this.map !== undefined
  }
  get isSet(): boolean {
    return this.list ? this.list.size > 0 : this.map ? this.map.size > 0 : this.value !== undefined
  }
  /** What `$name` gives: an array's element 0. */
  get scalar(): string | undefined {
    return this.list ? this.list.get(0) : this.map ? this.map.get('0') : this.value
  }
  /** Keys in bash's order: numbers ascending, names by hash. */
  keys(): string[] {
    if (this.list) return sortedKeys(this.list).map(String)
    if (this.map) return hashOrder([...this.map.keys()])
    return this.value === undefined ? [] : ['0']
  }
  values(): string[] {
    if (this.list) return sortedKeys(this.list).map((key) => this.list?.get(key) ?? '')
    if (this.map) return this.keys().map((key) => this.map?.get(key) ?? '')
    return this.value === undefined ? [] : [this.value]
  }
  get(key: string): string | undefined {
    return this.map ? this.map.get(key) : this.list ? this.list.get(Number(key)) : key === '0' ? this.value : undefined
  }
}

function sortedKeys(list: Map<number, string>): number[] {
  const keys = [...list.keys()]
  for (let i = 1; i < keys.length; i++) if ((keys[i - 1] as number) > (keys[i] as number)) return keys.sort((a, b) => a - b)
  return keys
}

const BUCKETS = 1024

/** bash keeps associative arrays in a hash table (hashlib.c, FNV-1, 1024 buckets) and lists it bucket by bucket, newest first in each. */
export function hashOrder(keys: readonly string[], buckets = BUCKETS): string[] {
  const rows = new Map<number, string[]>()
  for (const key of keys) {
    const row = hashOf(key) & (buckets - 1)
    const known = rows.get(row)
    if (known) known.unshift(key)
    else rows.set(row, [key])
  }
  return [...rows.keys()].sort((a, b) => a - b).flatMap((row) => rows.get(row) ?? [])
}

/** Tables of what is given to one command, and of a function's locals (variables.h TEMPENV_HASH_BUCKETS). */
const FEW_BUCKETS = 4
const DASH_BUCKETS = 39

/** dash and busybox's ash: by the sum of a name's letters, the first one weighing more; oldest first in each bucket (var.c hashvar). */
function dashOrder(names: readonly string[]): string[] {
  const bucketOf = (name: string): number => [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), name.charCodeAt(0) << 4) % DASH_BUCKETS
  return names.map((name) => ({ name, bucket: bucketOf(name) })).sort((a, b) => a.bucket - b.bucket).map(({ name }) => name)
}

function hashOf(key: string): number {
  let hash = 2166136261
  for (let i = 0; i < key.length; i++) {
    hash = Math.imul(hash, 16777619)
    hash ^= key.charCodeAt(i)
  }
  return hash >>> 0
}

/** Made when it is read: one value, or a list. */
type Dynamic = { readonly get: () => string; readonly set?: (value: string) => void } | { readonly list: () => string[] }

export class Variables {
  readonly all: Map<string, Variable>
  /** What a function's locals hide, by name; null where there was nothing. */
  private readonly frames: Map<string, Variable | null>[]
  private readonly dynamic = new Map<string, Dynamic>()
  /** Names given to the one command that runs next (`A=1 env`). */
  given: readonly string[] = []
  /** Counts changes of exported variables, so that an environment can be kept. */
  exportsChanged = true
  constructor(from?: Variables) {
    this.all = new Map()
    this.frames = []
    if (!from) return
    for (const [name, variable] of from.all) this.all.set(name, variable.clone())
    for (const frame of from.frames) this.frames.push(new Map([...frame].map(([name, hidden]) => [name, hidden?.clone() ?? null])))
  }
  /** A variable whose value is made when it is read. */
  define(name: string, dynamic: Dynamic): void {
    this.dynamic.set(name, dynamic)
    if (!this.all.has(name)) this.all.set(name, new Variable(''))
  }
  get depth(): number {
    return this.frames.length
  }
  find(name: string): Variable | undefined {
    const variable = this.all.get(name)
    if (variable && this.dynamic.size > 0) {
      const dynamic = this.dynamic.get(name)
      if (dynamic && 'list' in dynamic) variable.list = new Map(dynamic.list().map((value, i) => [i, value]))
      else if (dynamic) variable.value = dynamic.get()
    }
    return variable
  }
  /** Follows namerefs to the name that holds the value. */
  resolve(name: string): string {
    let at = name
    for (let i = 0; i < 10; i++) {
      const variable = this.all.get(at)
      if (!variable?.nameref || !variable.value) return at
      at = variable.value
    }
    return at
  }
  get(name: string): string | undefined {
    const variable = this.find(name)
    return variable?.nameref ? this.find(this.resolve(name))?.scalar : variable?.scalar
  }
  /** The variable itself, made if there is none. */
  make(name: string): Variable {
    let variable = this.all.get(name)
    if (!variable) {
      variable = new Variable()
      this.all.set(name, variable)
    }
    return variable
  }
  /** Sets without a look at attributes: for the shell's own variables. */
  put(name: string, value: string): void {
    const variable = this.make(name)
    if (variable.list) variable.list.set(0, value)
    else if (variable.map) variable.map.set('0', value)
    else variable.value = value
    const dynamic = this.dynamic.size > 0 ? this.dynamic.get(name) : undefined
    if (dynamic && 'set' in dynamic) dynamic.set?.(value)
    if (variable.exported) this.exportsChanged = true
  }
  putList(name: string, values: readonly string[]): void {
    const variable = this.make(name)
    variable.value = undefined
    variable.list = new Map(values.map((value, i) => [i, value]))
  }
  unset(name: string): void {
    if (this.all.get(name)?.exported) this.exportsChanged = true
    this.all.delete(name)
    this.dynamic.delete(name)
  }
  pushFrame(): void {
    this.frames.push(new Map())
  }
  popFrame(): void {
    const frame = this.frames.pop()
    if (!frame) return
    for (const [name, hidden] of frame) {
      if (this.all.get(name)?.exported || hidden?.exported) this.exportsChanged = true
      if (hidden) this.all.set(name, hidden)
      else this.all.delete(name)
    }
  }
  isLocal(name: string): boolean {
    return this.frames.at(-1)?.has(name) ?? false
  }
  localNames(): string[] {
    return [...(this.frames.at(-1)?.keys() ?? [])]
  }
  /** A local variable of the running function; it starts unset, exported if what it hides is. */
  local(name: string): Variable {
    const frame = this.frames.at(-1)
    if (!frame || frame.has(name)) return this.make(name)
    const hidden = this.all.get(name) ?? null
    frame.set(name, hidden)
    const variable = new Variable()
    variable.exported = hidden?.exported ?? false
    this.all.set(name, variable)
    return variable
  }
  names(): string[] {
    return [...this.all.keys()].sort()
  }
  /** The environment of a program started now, as the shell's tables have it: in bash what is given to one command first, then functions' locals. */
  environment(dialect: 'bash' | 'dash'): Map<string, string> {
    const exported = (names: Iterable<string>): string[] => [...names].filter((name) => this.all.get(name)?.exported)
    const local = this.frames.toReversed().flatMap((frame) => hashOrder(exported(frame.keys()), FEW_BUCKETS))
    const names = dialect === 'dash' ? dashOrder(exported(this.all.keys())) : [...hashOrder(exported(this.given), FEW_BUCKETS), ...local, ...hashOrder(exported(this.all.keys()))]
    const env = new Map<string, string>()
    for (const name of names) {
      const value = this.find(name)?.scalar
      if (value !== undefined) env.set(name, value)
    }
    return env
  }
}

export const isName = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)
