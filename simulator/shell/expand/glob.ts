/** Pathname expansion (bash(1), "Pathname Expansion"): a pattern as the list of paths that match it, sorted. */
import { exists } from '../../kernel/exists'
import type { Sys } from '../../kernel/sys'
import { hasPattern, toRegExp, unquotePattern } from './pattern'

export interface GlobOptions {
  readonly dotglob: boolean
  readonly nocase: boolean
  readonly globstar: boolean
}

const unquotedPattern = (text: string): boolean => hasPattern(text.replace(/\\[\s\S]/g, ''))

export function glob(sys: Sys, pattern: string, options: GlobOptions): string[] {
  const absolute = pattern.startsWith('/')
  const pieces = pattern.split(/\/+/).filter((piece, i, all) => piece !== '' || (i === all.length - 1 && all.length > 1))
  const lead = absolute ? (/^\/+/.exec(pattern)?.[0] ?? '/') : ''
  const walk = (base: string, at: number): string[] => {
    const piece = pieces[at]
    if (piece === undefined) return [base]
    const last = at === pieces.length - 1
    if (piece === '') return isDirectory(sys, base) ? [`${base}/`] : []
    const join = (name: string): string => (base === lead ? base + name : `${base}/${name}`)
    if (piece === '**' && options.globstar) {
      const found: string[] = last ? descend(sys, base, join, [], 'all') : [base, ...descend(sys, base, join, [], 'directories')].flatMap((path) => walk(path, at + 1))
      return last && base !== lead ? [`${base}/`, ...found] : found
    }
    if (!unquotedPattern(piece)) {
      const path = join(unquotePattern(piece))
      return exists(sys, path) ? walk(path, at + 1) : []
    }
    const matcher = toRegExp(piece, options.nocase ? ['nocase'] : [])
    const dots = options.dotglob || piece.startsWith('.') || piece.startsWith('\\.')
    const names = list(sys, base).filter((name) => (dots || !name.startsWith('.')) && matcher.test(name))
    return names.flatMap((name) => {
      const path = join(name)
      return last ? [path] : isDirectory(sys, path) ? walk(path, at + 1) : []
    })
  }
  return walk(lead, 0).sort(byCodePoint)
}

/** The order of the C.UTF-8 locale. */
export function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function list(sys: Sys, base: string): string[] {
  try {
    return sys.readdir(base === '' ? '.' : base).map((entry) => entry.name)
  } catch {
    return []
  }
}

function isDirectory(sys: Sys, path: string): boolean {
  try {
    return sys.stat(path === '' ? '.' : path).kind === 'dir'
  } catch {
    return false
  }
}

function descend(sys: Sys, base: string, join: (name: string) => string, found: string[], what: 'all' | 'directories'): string[] {
  for (const name of list(sys, base)) {
    if (name.startsWith('.')) continue
    const path = join(name)
    let kind = 'file'
    try {
      kind = sys.lstat(path).kind
    } catch {
      continue
    }
    if (what === 'all' || kind === 'dir') found.push(path)
    if (kind === 'dir') descend(sys, path, (inner) => `${path}/${inner}`, found, what)
  }
  return found
}
