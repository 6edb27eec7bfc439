/** Colours of names: the default database of dircolors(1) unless LS_COLORS says otherwise. */
import type { FileKind } from '../../../kernel/sys'

const DEFAULTS: { readonly [key: string]: string } = {
  rs: '0', di: '01;34', ln: '01;36', mh: '00', pi: '33', so: '01;35', do: '01;35', bd: '01;33', cd: '01;33', or: '', su: '37;41', sg: '30;43', st: '37;44', ow: '34;42', tw: '30;42', ex: '01;32',
}

export class Colors {
  private readonly table = new Map<string, string>(Object.entries(DEFAULTS))
  private readonly endings: [string, string][] = []
  constructor(variable: string | undefined) {
    for (const part of (variable ?? '').split(':')) {
      const [key = '', value = ''] = part.split('=')
      if (key.startsWith('*')) this.endings.push([key.slice(1), value])
      else if (key !== '') this.table.set(key, value)
    }
  }
  /** The colour of a file, '' for none. `link`: what a symbolic link leads to. */
  of(name: string, kind: FileKind, mode: number, link: 'ok' | 'orphan' | 'none'): string {
    const get = (key: string): string => this.table.get(key) ?? ''
    switch (kind) {
      case 'dir': {
        if (mode & 0o1000 && mode & 0o002) return get('tw')
        if (mode & 0o002) return get('ow')
        return mode & 0o1000 ? get('st') : get('di')
      }
      case 'link': return link === 'orphan' && get('or') !== '' ? get('or') : get('ln')
      case 'fifo': return get('pi')
      case 'sock': return get('so')
      case 'blk': return get('bd')
      case 'chr': return get('cd')
      case 'file':
        if (mode & 0o4000) return get('su')
        if (mode & 0o2000) return get('sg')
        if (mode & 0o111) return get('ex')
        return this.endings.findLast(([ending]) => name.endsWith(ending))?.[1] ?? ''
    }
  }
}
