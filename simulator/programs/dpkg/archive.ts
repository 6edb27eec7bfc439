/**
 * The package archive that the lab's nodes install from: a part of Debian 12's, with the fields and files of its packages
 * (content/nodes/debian-12-packages.json). It is an asset of the host, loaded when a node first asks for it.
 */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import type { Paragraph } from './control'

export interface ArchivePackage {
  readonly fields: Readonly<Record<string, string>>
  readonly description: string
  /** Number of files and directories in it. */
  readonly entries: number
  /** True when `files` lists all of them; else only programs. */
  readonly whole?: boolean
  /** `MODE SIZE PATH [TARGET]`, a line each. */
  readonly files: readonly string[]
}

export interface Archive {
  readonly packages: Readonly<Record<string, ArchivePackage>>
  /** The bytes of an executable that belongs at `path`. */
  readonly executable: (path: string, size: number) => Uint8Array
}

/** The name of the host's asset. */
export const ARCHIVE_ASSET = 'debian-packages'

export function* loadArchive(sys: Sys): Run<Archive> {
  const loaded = yield* sys.load(ARCHIVE_ASSET)
  if (!isArchive(loaded)) throw new Error('the host gave no package archive')
  return loaded
}

const isArchive = (value: unknown): value is Archive => typeof value === 'object' && value !== null && 'packages' in value && 'executable' in value

/** Fields before and after the one that says how a package stands. */
export function paragraphOf(name: string, { fields, description }: ArchivePackage): Paragraph {
  const { Homepage, Size: _size, ...rest } = fields
  return new Map([['Package', name], ...Object.entries(rest), ['Description', description], ...(Homepage ? [['Homepage', Homepage] as const] : [])])
}

export interface ArchiveFile {
  readonly kind: 'file' | 'dir' | 'link'
  readonly mode: number
  readonly size: number
  readonly path: string
  readonly target: string
}

const BITS: Readonly<Record<string, number>> = { r: 4, w: 2, x: 1, s: 1, t: 1 }

export const filesOf = ({ files }: ArchivePackage): ArchiveFile[] =>
  files.map((line) => {
    const [word = '', size = '0', path = '', target = ''] = line.split(' ')
    let mode = word[3] === 's' ? 0o4000 : 0
    for (let i = 1; i <= 9; i++) mode |= (BITS[word[i] ?? '-'] ?? 0) << (6 - 3 * Math.floor((i - 1) / 3))
    return { kind: word.startsWith('d') ? 'dir' : word.startsWith('l') ? 'link' : 'file', mode, size: Number(size), path, target }
  })
