/** From options to columns and sort keys, as sortformat.c of procps-ng puts them together. */
import { AIX, COLUMNS, type Column, MACROS, SHORT_SORT } from './columns'
import { type PsOptions, PsUsage, type Style } from './options'

/** A column that is shown: under a header, in a width. `column` is null for text between AIX descriptors. */
export interface Field {
  readonly column: Column | null
  readonly header: string
  readonly width: number
}

export interface SortKey {
  readonly order: string
  readonly direction: 'up' | 'down'
}

export interface Layout {
  readonly fields: readonly Field[]
  /** The most important first. */
  readonly keys: readonly SortKey[]
}

/** A field for a specifier, several for a macro; none when it is unknown. */
function fieldsFor(code: string, pidWidth: number, header?: string): Field[] {
  const column = COLUMNS.get(code)
  if (!column) return (MACROS.get(code) ?? []).flatMap((one) => fieldsFor(one, pidWidth, header))
  const own = column.width === 'pid' ? Math.max(pidWidth, column.header.length) : column.width
  return [{ column, header: header ?? column.header, width: header === undefined ? own : Math.max(own, header.length) }]
}

/** Items of a list that blanks and commas divide; one comma too many at the end is forgiven. */
function items(text: string, wrong: string): string[] {
  const words = text.split(/[ ,\t\n]/)
  if (words.length > 1 && words.at(-1) === '') words.pop()
  if (words.includes('')) throw new PsUsage(wrong)
  return words
}

export function formatFields(text: string, pidWidth: number): Field[] {
  try {
    return items(text, 'improper format list').flatMap((item) => {
      const [, name = '', header] = /^([^=]*)(?:=(.*))?$/s.exec(item) ?? []
      const colon = name.indexOf(':')
      const code = colon < 0 ? name : name.slice(0, colon)
      const width = colon < 0 ? undefined : name.slice(colon + 1)
      if (width !== undefined && !/^[1-9]\d*$/.test(width)) throw new PsUsage('column widths must be unsigned decimal numbers')
      const fields = fieldsFor(code, pidWidth, header)
      if (fields.length === 0) throw new PsUsage(`unknown user-defined format specifier "${code}"`)
      if (width === undefined) return fields
      if (fields.length > 1) throw new PsUsage('can not set width for a macro (multi-column) format specifier')
      return fields.map((field) => ({ ...field, width: Number(width) }))
    })
  } catch (error) {
    if (error instanceof PsUsage && text.includes('%')) return aixFields(text, pidWidth)
    throw error
  }
}

/** `%p %a`: text between descriptors may be blanks. Each descriptor without `%` after it counts once more, as an empty text. */
function aixFields(text: string, pidWidth: number): Field[] {
  const fields: Field[] = []
  const filler = (words: string): Field => ({ column: null, header: words, width: words.length })
  let texts = 0
  for (let i = 0; i < text.length; ) {
    if (text[i] !== '%') {
      const end = text.indexOf('%', i)
      const words = text.slice(i, end < 0 ? undefined : end)
      if (/[^ ]/.test(i === 0 ? words.slice(1) : words)) throw new PsUsage('improper AIX field descriptor')
      fields.push(filler(words))
      i += words.length
      continue
    }
    const letter = text[i + 1]
    if (letter === undefined || letter === ' ' || letter === '%') throw new PsUsage('missing AIX field descriptor')
    const found = AIX.get(letter)
    if (!found) throw new PsUsage('unknown AIX field descriptor')
    fields.push(...fieldsFor(found[0], pidWidth, found[1]))
    i += 2
    if (text[i] !== ' ') texts++
  }
  for (; texts > 0; texts--) fields.push(filler(''))
  return fields
}

interface Sorting extends SortKey {
  readonly column: Column
}

const keyFor = (spec: string): Sorting | undefined => {
  const column = COLUMNS.get(spec.replace(/^[+-]/, ''))
  return column && { column, order: column.order, direction: spec.startsWith('-') ? 'down' : 'up' }
}

function longKeys(text: string): Sorting[] {
  return items(text, 'improper sort list').map((spec) => {
    const key = keyFor(spec)
    if (!key) throw new PsUsage('unknown sort specifier')
    return key
  })
}

/** The sort letters of option O; undefined when it is something else. */
function shortKeys(text: string, forest: PsOptions['forest']): Sorting[] | undefined {
  if (!/^(?:[+-]?[CGJKMNPRSTUcfgjkmnoprstuvy])*$/.test(text)) return undefined
  const letters = text.replace(/[+-]/g, '')
  if (new Set(letters).size < letters.length || (forest !== 'none' && letters.includes('P'))) return undefined
  return [...text.matchAll(/([+-]?)([A-Za-z])/g)].flatMap(([, sign, letter = '']) => {
    const key = keyFor(SHORT_SORT.get(letter) ?? '')
    return key ? [{ ...key, direction: sign === '-' ? 'down' as const : 'up' as const }] : []
  })
}

const BSD_STYLE: Readonly<Partial<Record<Style, string>>> = { j: 'OL_j', l: 'OL_l', s: 'OL_s', u: 'OL_u', v: 'OL_v', X: 'OL_X', m: 'OL_m', context: 'FLASK_context' }

/** The columns that -f, -l, -j and their modifiers stand for. */
function unixCodes(o: PsOptions): string[] {
  const f = o.styles.has('-f')
  const l = o.styles.has('-l')
  const { modifiers: m, threads } = o
  if (m.has('y') && !l) throw new PsUsage('modifier -y without format -l makes no sense')
  const codes: string[] = []
  const put = (when: boolean, ...words: string[]): void => {
    if (when) codes.push(...words)
  }
  put(m.has('M'), 'label')
  put(l && !m.has('y'), 'f')
  put(l, 's')
  put(f, 'uid_hack')
  put(!f && l, 'uid')
  codes.push('pid')
  put(threads.has('-T'), 'spid')
  put(f || l, 'ppid')
  put(m.has('j'), 'pgid', 'sid')
  put(threads.has('-L'), 'lwp')
  put(m.has('P'), 'psr')
  put((f || l) && !m.has('c'), 'c')
  put(threads.has('-L') && f, 'nlwp')
  put(m.has('c'), 'class', 'pri')
  put(!m.has('c') && l, 'opri', 'ni')
  put(l, m.has('y') ? 'rss' : 'addr_1')
  put(m.has('F') || l, 'sz')
  put(l, 'wchan')
  put(m.has('F') && !(l && m.has('y')), 'rss')
  put(m.has('F') && !m.has('P'), 'psr')
  put(f, 'stime')
  codes.push('tname')
  if (o.defaults === 'bsd') {
    put(!l, 'stat')
    codes.push('bsdtime', f || l ? 'cmd' : 'args')
  } else codes.push('time', f ? 'cmd' : 'ucmd')
  return codes
}

/** A BSD style with the columns that UNIX modifiers add, each behind the column under a header. */
function bsdFields(o: PsOptions, macro: string, pidWidth: number): Field[] {
  let fields = fieldsFor(macro, pidWidth)
  const after = (headers: readonly string[], code: string): boolean => {
    for (const header of headers) {
      const at = fields.findIndex((field) => field.header === header)
      if (at < 0) continue
      fields.splice(at + 1, 0, ...fieldsFor(code, pidWidth))
      return true
    }
    return false
  }
  const remove = (...headers: string[]): void => {
    fields = fields.filter((field) => !headers.includes(field.header))
  }
  const mustUse = (o.threads.has('-L') || o.threads.has('-T')) && o.threads.size > 1
  if (o.modifiers.has('j')) {
    after(['PPID', 'PID'], 'pgid')
    after(['PGID'], 'sid')
  }
  if (o.modifiers.has('y')) {
    remove('F')
    if (after(['ADDR'], 'rss')) remove('ADDR')
  }
  if (o.modifiers.has('c')) {
    remove('%CPU', 'CPU', 'CP', 'C', 'NI')
    if (after(['PRI'], 'class')) {
      remove('PRI')
      after(['CLS'], 'pri')
    }
  }
  if (o.threads.has('-T') && !after(['PID'], 'spid') && mustUse) throw new PsUsage('-T with H/-m/m but no PID for SPID to follow')
  if (o.threads.has('-L')) {
    if (after(['SID', 'SESS', 'PGID', 'PGRP', 'PPID', 'PID'], 'lwp')) after(['%CPU'], 'nlwp')
    else if (mustUse) throw new PsUsage('-L with H/-m/m but no PID/PGID/SID/SESS for NLWP to follow')
  }
  if (o.modifiers.has('M')) fields.unshift(...fieldsFor('label', pidWidth))
  return fields
}

/** `PS_FORMAT` where no option says what to show. */
function defaultFields(o: PsOptions, pidWidth: number, preset: string | undefined): Field[] {
  const fields = preset ? formatFields(preset, pidWidth) : []
  return fields.length > 0 ? fields : unixCodes(o).flatMap((code) => fieldsFor(code, pidWidth))
}

/** The BSD option O takes what is no format for a sort order that went wrong. */
function formatOrSort(text: string, pidWidth: number): Field[] {
  try {
    return formatFields(text, pidWidth)
  } catch (error) {
    throw error instanceof PsUsage ? new PsUsage('bad sorting code') : error
  }
}

/** Keys sort by what some column brings along: a few columns are sorted by what neither they nor any other shows. */
function effective(keys: readonly Sorting[], fields: readonly Field[]): SortKey[] {
  const brought = new Set([...fields.map((f) => f.column), ...keys.map((k) => k.column)].flatMap((c) => (c && c.show !== '-' && !SORTED_BY_ANOTHER.has(c.code) ? [c.order] : [])))
  return keys.filter((k) => brought.has(k.order))
}
const SORTED_BY_ANOTHER = new Set(['fgid', 'vsize'])

export function layoutOf(o: PsOptions, pidWidth: number, preset: string | undefined): Layout {
  const fields: Field[] = []
  const keys: Sorting[] = []
  let formatted = 'no'
  let sorted = o.deferred.some((d) => d.kind === 'sort') ? 'later' : 'no'
  const wrap = (own: Field[], trailer: string): Field[] => [...fieldsFor('pid', pidWidth), ...own, ...fieldsFor(trailer, pidWidth)]
  for (const { kind, text } of o.deferred) {
    if (kind === 'format') {
      fields.push(...formatFields(text, pidWidth))
      formatted = 'yes'
    } else if (kind === '-O') {
      if (formatted === 'yes') throw new PsUsage('option -O can not follow other format options')
      fields.push(...wrap(formatFields(text, pidWidth), 'END_SYS5'))
      formatted = 'yes'
    } else if (kind === 'sort') {
      if (sorted === 'yes') throw new PsUsage('multiple sort options')
      keys.push(...longKeys(text))
      sorted = 'yes'
    } else {
      const short = sorted === 'no' ? shortKeys(text, o.forest) : undefined
      if (short) {
        keys.push(...short)
        sorted = 'yes'
      } else if (formatted === 'yes') throw new PsUsage('option O is neither first format nor sort order')
      else {
        fields.push(...wrap(formatOrSort(text, pidWidth), 'END_BSD'))
        formatted = 'yes'
      }
    }
  }
  const mustUse = (o.threads.has('-L') || o.threads.has('-T')) && o.threads.size > 1
  if (fields.length > 0) {
    if (o.styles.size > 0) throw new PsUsage('conflicting format options')
    if (o.modifiers.size > 0) throw new PsUsage('can not use output modifiers with user-defined output')
    if (mustUse) throw new PsUsage('-L/-T with H/m/-m and -o/-O/o/O is nonsense')
    return { fields, keys: effective(keys, fields) }
  }
  const styles = [...o.styles]
  const unix = styles.every((s) => s === '-f' || s === '-l')
  if (!unix && styles.length > 1) throw new PsUsage('conflicting format options')
  const macro = styles.map((s) => BSD_STYLE[s]).find((name) => name !== undefined)
  const untouched = o.styles.size === 0 && o.modifiers.size === 0
  if (macro) fields.push(...bsdFields(o, macro, pidWidth))
  else fields.push(...(untouched ? defaultFields(o, pidWidth, preset) : unixCodes(o).flatMap((code) => fieldsFor(code, pidWidth))))
  return { fields, keys: effective(keys, fields) }
}
