/** md5sum, sha*sum and b2sum of coreutils 9.1: one program with a row for each algorithm. The digests are computed. */
import { bareCloseout } from '../closeout'
import { blake2b } from '@noble/hashes/blake2.js'
import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Io, ProgramModule } from '../program'
import { command, fail, type Options, wrongCall } from './command'
import { LineReader, locale, openSource, reason, shown } from './files'
import { numberOrComplaint } from './numbers'

interface Hash {
  update(bytes: Uint8Array): Hash
  digest(): Uint8Array
}

export interface Algorithm {
  /** In the BSD form and in messages. */
  readonly name: string
  readonly bits: number
  /** b2sum's length is chosen. */
  readonly create: (bits: number) => Hash
  readonly anyLength?: true
}

export const ALGORITHMS = {
  md5: { name: 'MD5', bits: 128, create: () => md5.create() },
  sha1: { name: 'SHA1', bits: 160, create: () => sha1.create() },
  sha224: { name: 'SHA224', bits: 224, create: () => sha224.create() },
  sha256: { name: 'SHA256', bits: 256, create: () => sha256.create() },
  sha384: { name: 'SHA384', bits: 384, create: () => sha384.create() },
  sha512: { name: 'SHA512', bits: 512, create: () => sha512.create() },
  blake2b: { name: 'BLAKE2b', bits: 512, create: (bits) => blake2b.create({ dkLen: bits / 8 }), anyLength: true },
} as const satisfies { readonly [name: string]: Algorithm }

/** Bytes that cost about a microsecond. */
const BYTES_PER_UNIT = 400

export function* digestOf(io: Io, path: string, algorithm: Algorithm, bits: number): Run<string> {
  const source = yield* openSource(io.sys, path)
  try {
    const hash = algorithm.create(bits)
    for (let bytes = yield* source.read(); bytes.length > 0; bytes = yield* source.read()) {
      hash.update(bytes)
      if (io.sys.spend(bytes.length / BYTES_PER_UNIT)) yield 'preempted'
    }
    return bytesToHex(hash.digest())
  } finally {
    source.close()
  }
}

/** A name as a line of sums holds it: with `\` before the line when it had to be escaped. */
function escapedName(name: string, end: '\0' | '\n'): { readonly lead: string; readonly name: string } {
  if (end === '\0' || !/[\\\n\r]/.test(name)) return { lead: '', name }
  return { lead: '\\', name: name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r') }
}

/** The digest's length: b2sum's -l, or the algorithm's own. */
export function chosenBits(io: Io, options: Options, algorithm: Algorithm): number {
  const length = options.value('l')
  if (!algorithm.anyLength || length === undefined) return algorithm.bits
  const value = numberOrComplaint(length, { what: 'invalid length' }, (t) => locale(io, t))
  if (typeof value !== 'number') return fail(io, value.complaint)
  if (value % 8 !== 0) {
    io.err(`${io.name}: invalid length: ${locale(io, length)}\n`)
    return fail(io, 'length is not a multiple of 8')
  }
  if (value > algorithm.bits) {
    io.err(`${io.name}: invalid length: ${locale(io, length)}\n`)
    return fail(io, `maximum digest length for ${locale(io, 'BLAKE2b')} is 512 bits`)
  }
  return value || algorithm.bits
}

/** A line of a list of sums, in one of its three forms. */
export function* sumLine(io: Io, path: string, algorithm: Algorithm, bits: number, form: 'tag' | 'binary' | 'text', end: '\0' | '\n'): Run<string> {
  const digest = yield* digestOf(io, path, algorithm, bits)
  const { lead, name } = escapedName(path, end)
  const tag = algorithm.name + (bits === algorithm.bits ? '' : `-${bits}`)
  return form === 'tag' ? `${lead}${tag} (${name}) = ${digest}${end}` : `${lead}${digest} ${form === 'binary' ? '*' : ' '}${name}${end}`
}

export const sums = (algorithm: Algorithm, help: string, version: string): ProgramModule =>
  command({
    unwritten: bareCloseout,
    summary: algorithm.anyLength ? 'compute and check BLAKE2 message digest' : `compute and check ${algorithm.name} message digest`,
    help, version,
    *run(io, options) {
      const bits = chosenBits(io, options, algorithm)
      const checking = options.has('c')
      if (options.has('tag') && options.has('t', 'text')) return wrongCall(io, '--tag does not support --text mode')
      if (checking && options.has('z')) return wrongCall(io, 'the --zero option is not supported when verifying checksums')
      if (checking && options.has('tag')) return wrongCall(io, 'the --tag option is meaningless when verifying checksums')
      if (checking && options.has('b', 't')) return wrongCall(io, 'the --binary and --text options are meaningless when verifying checksums')
      if (!checking) {
        const misplaced = options.given.find((g) => ['ignore-missing', 'status', 'warn', 'quiet', 'strict'].includes(g.name))
        if (misplaced) return wrongCall(io, `the --${misplaced.name} option is meaningful only when verifying checksums`)
      }
      const files = options.operands.length > 0 ? options.operands : ['-']
      let status = 0
      for (const path of files) {
        if (checking) {
          if (!(yield* checkList(io, options, path, [algorithm]))) status = 1
          continue
        }
        try {
          const form = options.has('tag') ? 'tag' : options.last('b', 't') === 'b' ? 'binary' : 'text'
          io.out(yield* sumLine(io, path, algorithm, bits, form, options.has('z') ? '\0' : '\n'))
        } catch (error) {
          io.err(`${io.name}: ${shown(path)}: ${reason(error)}\n`)
          status = 1
        }
      }
      return status
    },
  })

interface Entry {
  readonly algorithm: Algorithm
  readonly digest: string
  readonly bits: number
  readonly name: string
}

const unescaped = (name: string): string => name.replace(/\\([\\nr])/g, (_, c: string) => ({ n: '\n', r: '\r' })[c] ?? '\\')

/** A line of a list of sums, in either form; undefined when it is none. */
function parsed(line: string, algorithms: readonly Algorithm[]): Entry | undefined {
  const escaped = line.startsWith('\\')
  const text = escaped ? line.slice(1) : line
  const name = (raw: string): string => (escaped ? unescaped(raw) : raw)
  const tagged = /^([A-Za-z0-9]+)(?:-(\d+))? ?\((.*)\) ?= ?([0-9a-fA-F]+)$/s.exec(text)
  const named = algorithms.find((a) => a.name === tagged?.[1])
  if (tagged && named) {
    const bits = tagged[2] === undefined ? named.bits : Number(tagged[2])
    const digest = tagged[4] ?? ''
    return digest.length * 4 === bits ? { algorithm: named, digest: digest.toLowerCase(), bits, name: name(tagged[3] ?? '') } : undefined
  }
  const [algorithm] = algorithms
  const plain = /^[ \t]*([0-9a-fA-F]+) (?:[ *])?(.+)$/s.exec(text)
  if (!plain || !algorithm || algorithms.length > 1) return undefined
  const bits = (plain[1] ?? '').length * 4
  if (algorithm.anyLength ? bits % 8 !== 0 || bits > algorithm.bits || bits === 0 : bits !== algorithm.bits) return undefined
  return { algorithm, digest: (plain[1] ?? '').toLowerCase(), bits, name: name(plain[2] ?? '') }
}

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

/** Verifies the lines of a list; of several algorithms a line is of the one that it names. */
export function* checkList(io: Io, options: Options, path: string, algorithms: readonly Algorithm[]): Run<boolean> {
  const listName = path === '-' ? "'standard input'" : shown(path)
  const quiet = options.has('quiet')
  const silent = options.has('status')
  let [bad, good, different, unreadable, number] = [0, 0, 0, 0, 0]
  let matched = false
  try {
    const source = yield* openSource(io.sys, path)
    const reader = new LineReader(source)
    for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
      number++
      if (line.startsWith('#')) continue
      const text = line.replace(/\r$/, '')
      const entry = parsed(text, algorithms)
      if (!entry || (entry.name === '-' && path === '-')) {
        bad++
        if (options.has('w')) io.err(`${io.name}: ${shown(path)}: ${number}: improperly formatted ${algorithms.length === 1 ? `${algorithms[0]?.name} ` : ''}checksum line\n`)
        continue
      }
      good++
      const { lead, name } = escapedName(entry.name, '\n')
      try {
        const digest = yield* digestOf(io, entry.name, entry.algorithm, entry.bits)
        matched = true
        if (digest === entry.digest) {
          if (!quiet && !silent) io.out(`${lead}${name}: OK\n`)
        } else {
          different++
          if (!silent) io.out(`${lead}${name}: FAILED\n`)
        }
      } catch (error) {
        if (options.has('ignore-missing') && isErrno(error, 'ENOENT')) continue
        unreadable++
        io.err(`${io.name}: ${shown(entry.name)}: ${reason(error)}\n`)
        if (!silent) io.out(`${lead}${name}: FAILED open or read\n`)
      }
      yield* io.flush()
    }
    source.close()
  } catch (error) {
    io.err(`${io.name}: ${listName}: ${reason(error)}\n`)
    return false
  }
  yield* io.flush()
  if (good === 0) {
    io.err(`${io.name}: ${listName}: no properly formatted checksum lines found\n`)
    return false
  }
  if (!silent) {
    if (bad > 0) io.err(`${io.name}: WARNING: ${plural(bad, 'line is improperly formatted', 'lines are improperly formatted')}\n`)
    if (unreadable > 0) io.err(`${io.name}: WARNING: ${plural(unreadable, 'listed file could not be read', 'listed files could not be read')}\n`)
    if (different > 0) io.err(`${io.name}: WARNING: ${plural(different, 'computed checksum did NOT match', 'computed checksums did NOT match')}\n`)
    if (options.has('ignore-missing') && !matched) io.err(`${io.name}: ${listName}: no file was verified\n`)
  }
  return different === 0 && unreadable === 0 && (!options.has('strict') || bad === 0) && !(options.has('ignore-missing') && !matched)
}
