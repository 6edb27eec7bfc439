/**
 * The trie of IPv4 routes (net/ipv4/fib_trie.c; an LC-trie: a node looks at several bits at once, and grows or shrinks as its children fill).
 * Its form is shown by /proc/net/fib_trie.
 */
export interface FibRoute {
  readonly length: number
  readonly scope: string
  readonly type: string
}

export interface Leaf {
  readonly kind: 'leaf'
  readonly key: number
  /** The longest prefix first. */
  readonly routes: FibRoute[]
}

export interface Branch {
  readonly kind: 'branch'
  readonly key: number
  /** Bits below those that it looks at. */
  readonly pos: number
  readonly bits: number
  readonly children: (Node | null)[]
}

export type Node = Leaf | Branch

const GROW = { root: 30, inner: 50 }
const SHRINK = { root: 15, inner: 25 }
const MAX_WORK = 10

const top = (key: number, from: number): number => (from >= 32 ? 0 : (key >>> from) * 2 ** from)
const slot = (key: number, { pos, bits }: Pick<Branch, 'pos' | 'bits'>): number => Math.floor(key / 2 ** pos) % 2 ** bits
const isFull = (node: Branch, child: Node | null): child is Branch => child?.kind === 'branch' && child.pos + child.bits === node.pos
const branch = (key: number, pos: number, bits: number): Branch => ({ kind: 'branch', key: top(key, pos + bits), pos, bits, children: Array.from({ length: 2 ** bits }, () => null) })

export class FibTrie {
  root: Node | null = null

  static full(node: Branch): number {
    return node.children.filter((child) => isFull(node, child)).length
  }
  static empty({ children }: Branch): number {
    return children.filter((child) => child === null).length
  }
  add(key: number, route: FibRoute): void {
    const path: Branch[] = []
    let at = this.root
    while (at?.kind === 'branch' && top(key, at.pos + at.bits) === at.key) {
      path.push(at)
      at = at.children[slot(key, at)] ?? null
    }
    if (at?.kind === 'leaf' && at.key === key) {
      at.routes.push(route)
      at.routes.sort((a, b) => b.length - a.length)
      return
    }
    const leaf: Leaf = { kind: 'leaf', key, routes: [route] }
    let made: Node = leaf
    if (at) {
      const difference = (at.key ^ key) >>> 0
      const parting = branch(key, 31 - Math.clz32(difference), 1)
      parting.children[slot(key, parting)] = leaf
      parting.children[slot(at.key, parting)] = at
      made = parting
      this.put(path, made)
      path.push(parting)
    } else this.put(path, made)
    this.rebalance(path)
  }
  private put(path: readonly Branch[], node: Node): void {
    const parent = path.at(-1)
    if (parent) parent.children[slot(node.key, parent)] = node
    else this.root = node
  }
  /** From the place of change upwards each node gets the size that fits. */
  private rebalance(path: Branch[]): void {
    for (let node = path.pop(); node; node = path.pop()) this.put(path, resize(node, path.length === 0 ? 'root' : 'inner'))
  }
}

function resize(start: Branch, place: 'root' | 'inner'): Node {
  let node = start
  let work = MAX_WORK
  for (; work > 0 && shouldInflate(node, place); work--) node = inflate(node)
  if (work < MAX_WORK) return node
  for (; work > 0 && shouldHalve(node, place); work--) node = halve(node)
  const used = node.children.filter((child) => child !== null)
  return used.length < 2 ? (used[0] ?? node) : node
}

function shouldInflate(node: Branch, place: 'root' | 'inner'): boolean {
  const used = node.children.length - FibTrie.empty(node) + FibTrie.full(node)
  return used > 1 && node.pos > 0 && 50 * used >= node.children.length * GROW[place]
}

function shouldHalve(node: Branch, place: 'root' | 'inner'): boolean {
  const used = node.children.length - FibTrie.empty(node)
  return used > 1 && node.bits > 1 && 100 * used < node.children.length * SHRINK[place]
}

/** One bit more: a child that begins where the node ends is taken apart. */
function inflate(old: Branch): Branch {
  const node = branch(old.key, old.pos - 1, old.bits + 1)
  for (const child of old.children) {
    if (!child) continue
    if (!isFull(old, child)) {
      node.children[slot(child.key, node)] = child
      continue
    }
    const half = child.children.length / 2
    for (const [i, part] of [child.children.slice(0, half), child.children.slice(half)].entries()) {
      const key = child.key + i * 2 ** (child.pos + child.bits - 1)
      if (child.bits === 1) node.children[slot(key, node)] = part[0] ?? null
      else {
        const below: Branch = { kind: 'branch', key, pos: child.pos, bits: child.bits - 1, children: part }
        node.children[slot(key, node)] = resize(below, 'inner')
      }
    }
  }
  return node
}

/** One bit less: two children become one. */
function halve(old: Branch): Branch {
  const node = branch(old.key, old.pos + 1, old.bits - 1)
  for (let i = 0; i < old.children.length; i += 2) {
    const pair = [old.children[i] ?? null, old.children[i + 1] ?? null] as const
    const only = pair[0] && pair[1] ? null : (pair[0] ?? pair[1])
    if (only) node.children[i / 2] = only
    else if (pair[0] && pair[1]) {
      const below: Branch = { kind: 'branch', key: top(pair[0].key, old.pos + 1), pos: old.pos, bits: 1, children: [...pair] }
      node.children[i / 2] = resize(below, 'inner')
    }
  }
  return node
}
