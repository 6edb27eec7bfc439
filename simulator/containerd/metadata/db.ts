/**
 * containerd's metadata store (metadata/db.go keeps it in bolt at META_DB): buckets of records in key order. Here the file is a journal,
 * a line of JSON for each change, so that a daemon that starts again finds what the last one knew.
 */
import { decode, encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Futex, Sys } from '../../kernel/sys'
import type { Container, ContentInfo, Image, Ingest, Labels } from '../services'
import type { StoredContainer, StoredLease, StoredSandbox, StoredSnapshot } from './records'

export const META_DB = '/var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db'

/** A change: `value` null removes the key. */
export interface JournalEntry {
  readonly bucket: string
  readonly key: string
  readonly value: unknown
}

export const journalLine = (entry: JournalEntry): string => `${JSON.stringify(entry)}\n`

export class Bucket<T> {
  private readonly records = new Map<string, T>()
  /** The keys in order, as bolt keeps them, until one comes or goes. */
  private sorted: readonly string[] | null = null
  readonly name: string
  private readonly log: (entry: JournalEntry) => void
  constructor(name: string, log: (entry: JournalEntry) => void) {
    this.name = name
    this.log = log
  }
  get(key: string): T | undefined {
    return this.records.get(key)
  }
  has(key: string): boolean {
    return this.records.has(key)
  }
  put(key: string, value: T): T {
    if (!this.records.has(key)) this.sorted = null
    this.records.set(key, value)
    this.log({ bucket: this.name, key, value })
    return value
  }
  delete(key: string): boolean {
    if (!this.records.delete(key)) return false
    this.sorted = null
    this.log({ bucket: this.name, key, value: null })
    return true
  }
  /** Takes a record from the journal. */
  restore(key: string, value: T | null): void {
    this.sorted = null
    if (value === null) this.records.delete(key)
    else this.records.set(key, value)
  }
  get size(): number {
    return this.records.size
  }
  keys(): readonly string[] {
    this.sorted ??= [...this.records.keys()].sort()
    return this.sorted
  }
  values(): T[] {
    const values: T[] = []
    for (const key of this.keys()) {
      const value = this.records.get(key)
      if (value !== undefined) values.push(value)
    }
    return values
  }
}

export class Db {
  /** What the file holds, by bucket, until somebody opens that. Whoever does knows the type of its records. */
  private readonly restored = new Map<string, Map<string, never>>()
  private readonly pending: JournalEntry[] = []
  private readonly sys: Sys
  private readonly changed: Futex
  readonly namespaces: Bucket<Labels>
  readonly containers = this.family<Container>('containers')
  readonly images = this.family<Image>('images')
  readonly content = this.family<ContentInfo>('content')
  readonly snapshots = this.family<StoredSnapshot>('snapshots')
  /** What was written but never committed. */
  readonly ingests = this.family<Ingest>('ingests')
  readonly leases = this.family<StoredLease>('leases')
  readonly sandboxes: Bucket<StoredSandbox>
  readonly criContainers: Bucket<StoredContainer>
  /** Counters, by name. */
  readonly numbers: Bucket<number>
  private constructor(sys: Sys) {
    this.sys = sys
    this.changed = sys.futex()
    this.namespaces = this.open('namespaces')
    this.sandboxes = this.open('sandboxes')
    this.criContainers = this.open('cri-containers')
    this.numbers = this.open('numbers')
  }
  /** Opens the store with what its file holds. */
  static *load(sys: Sys): Run<Db> {
    let text = ''
    try {
      text = decode(yield* sys.readFile(META_DB))
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error
    }
    const db = new Db(sys)
    db.replay(text)
    return db
  }
  private replay(text: string): void {
    for (const line of text.split('\n')) {
      if (line === '') continue
      const { bucket: name, key, value }: JournalEntry & { readonly value: never } = JSON.parse(line)
      const bucket = this.restored.get(name) ?? new Map<string, never>()
      this.restored.set(name, bucket)
      if (value === null) bucket.delete(key)
      else bucket.set(key, value)
    }
    this.fill(this.namespaces)
    this.fill(this.sandboxes)
    this.fill(this.criContainers)
    this.fill(this.numbers)
  }
  private open<T>(name: string): Bucket<T> {
    return new Bucket<T>(name, (entry) => {
      this.pending.push(entry)
      this.changed.wake()
    })
  }
  private fill<T>(bucket: Bucket<T>): void {
    for (const [key, value] of this.restored.get(bucket.name) ?? []) bucket.restore(key, value)
  }
  /** One bucket for each namespace, opened when it is first asked for. */
  private family<T>(kind: string): (ns: string) => Bucket<T> {
    const opened = new Map<string, Bucket<T>>()
    return (ns) => {
      let bucket = opened.get(ns)
      if (!bucket) {
        bucket = this.open<T>(`${kind}/${ns}`)
        this.fill(bucket)
        opened.set(ns, bucket)
      }
      return bucket
    }
  }
  /** The next number of a counter, from 1. */
  next(counter: string): number {
    return this.numbers.put(counter, (this.numbers.get(counter) ?? 0) + 1)
  }
  /** Writes changes as they come. Runs as long as the daemon. */
  *write(): Run {
    for (;;) {
      if (this.pending.length === 0) yield* this.changed.wait()
      const lines = this.pending.splice(0).map(journalLine).join('')
      if (lines !== '') yield* this.sys.writeFile(META_DB, encode(lines), { append: true, mode: 0o644 })
    }
  }
}
