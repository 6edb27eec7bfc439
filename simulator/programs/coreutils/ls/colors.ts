/** Colours of names: the default database of dircolors(1) unless LS_COLORS says otherwise. */
import type { FileKind } from '../../../kernel/sys'

const DEFAULTS: { readonly [key: string]: string } = {
  rs: '0', di: '01;34', ln: '01;36', mh: '00', pi: '33', so: '01;35', do: '01;35', bd: '01;33', cd: '01;33', or: '', su: '37;41', sg: '30;43', st: '37;44', ow: '34;42', tw: '30;42', ex: '01;32',
}

const KNOWN = new Set([...Object.keys(DEFAULTS), 'lc', 'rc', 'ec', 'no', 'fi', 'mi', 'ca', 'cl'])

export class Colors {
  private readonly table = new Map<string, string>(Object.entries(DEFAULTS))
  private readonly endings: [string, string][] = []
  /** A link has the colour of what it leads to (`ln=target`). */
  readonly linksAsTargets: boolean
  /** No Colors: not to be understood; `unknown` is a key that there is not. */
  static parse(variable: string | undefined): Colors | { readonly unknown: string | undefined } {
    const parts = (variable ?? '').split(':').filter((part) => part !== '')
    const wrong = parts.find((part) => !/^(\*[^=]*|[^*][^=])=/.test(part))
    const unknown = parts.map((part) => part.split('=')[0] ?? '').find((key) => !key.startsWith('*') && !KNOWN.has(key))
    if (wrong === undefined && unknown === undefined) return new Colors(parts)
    return { unknown: wrong === undefined ? unknown : undefined }
  }
  private constructor(parts: readonly string[]) {
    for (const part of parts) {
      const [key = '', value = ''] = part.split('=')
      if (key.startsWith('*')) this.endings.push([key.slice(1), value])
      else if (key !== '') this.table.set(key, value)
    }
    this.linksAsTargets = this.table.get('ln') === 'target'
  }
  /** The colour of a file, '' for none. `link`: what a symbolic link leads to. */
  of(name: string, kind: FileKind, { mode, nlink }: { readonly mode: number; readonly nlink: number }, link: 'ok' | 'orphan' | 'none'): string {
    const get = (key: string): string => this.table.get(key) ?? ''
    const set = (key: string): boolean => !/^0*$/.test(get(key))
    switch (kind) {
      case 'dir': {
        if (mode & 0o1000 && mode & 0o002 && set('tw')) return get('tw')
        if (mode & 0o002 && set('ow')) return get('ow')
        return mode & 0o1000 && set('st') ? get('st') : get('di')
      }
      case 'link': return link === 'orphan' && get('or') !== '' ? get('or') : get('ln')
      case 'fifo': return get('pi')
      case 'sock': return get('so')
      case 'blk': return get('bd')
      case 'chr': return get('cd')
      case 'file':
        if (mode & 0o4000 && set('su')) return get('su')
        if (mode & 0o2000 && set('sg')) return get('sg')
        if (mode & 0o111 && set('ex')) return get('ex')
        if (nlink > 1 && set('mh')) return get('mh')
        return this.endings.findLast(([ending]) => name.toLowerCase().endsWith(ending.toLowerCase()))?.[1] ?? get('fi')
    }
  }
  /** The colour of what a link leads to, which its name's ending does not give; of what is missing, `mi`. */
  ofTarget(stat: { readonly kind: FileKind; readonly mode: number } | undefined): string {
    if (!stat) return this.table.get('mi') ?? ''
    return stat.kind === 'file' && (stat.mode & 0o6111) === 0 ? (this.table.get('fi') ?? '') : this.of('', stat.kind, { mode: stat.mode, nlink: 1 }, 'ok')
  }
}
