/** factor(1) of coreutils 9.1: trial division, then Pollard's rho (Miller and Rabin tell primes). */
import type { Run } from '../../../kernel/run'
import type { Io } from '../../program'
import { command } from '../command'
import { LineReader, locale, openSource } from '../files'
import { HELP, VERSION } from './help'

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let b = base % modulus
  for (let e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) result = (result * b) % modulus
    b = (b * b) % modulus
  }
  return result
}

const WITNESSES = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n]

function isPrime(n: bigint): boolean {
  for (const p of WITNESSES) if (n % p === 0n) return n === p
  let d = n - 1n
  let r = 0
  while (!(d & 1n)) {
    d >>= 1n
    r++
  }
  return WITNESSES.every((a) => {
    let x = power(a, d, n)
    if (x === 1n || x === n - 1n) return true
    for (let i = 1; i < r; i++) {
      x = (x * x) % n
      if (x === n - 1n) return true
    }
    return false
  })
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))

function* divisor(io: Io, n: bigint): Run<bigint> {
  for (let c = 1n; ; c++) {
    let [x, y, d] = [2n, 2n, 1n]
    while (d === 1n) {
      x = (x * x + c) % n
      y = (y * y + c) % n
      y = (y * y + c) % n
      d = gcd(x > y ? x - y : y - x, n)
      if (io.sys.spend(2)) yield 'preempted'
    }
    if (d !== n) return d
  }
}

const SMALL_LIMIT = 1000n

function* factors(io: Io, number: bigint): Run<bigint[]> {
  const out: bigint[] = []
  let n = number
  for (let p = 2n; p < SMALL_LIMIT && p * p <= n; p += p === 2n ? 1n : 2n) {
    while (n % p === 0n) {
      out.push(p)
      n /= p
    }
  }
  const pending = n > 1n ? [n] : []
  for (let m = pending.pop(); m !== undefined; m = pending.pop()) {
    if (m < SMALL_LIMIT * SMALL_LIMIT || isPrime(m)) out.push(m)
    else {
      const d = yield* divisor(io, m)
      pending.push(d, m / d)
    }
  }
  return out.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

export default command({
  summary: 'factor numbers',
  help: HELP, version: VERSION,
  *run(io, options) {
    let status = 0
    function* one(word: string): Run {
      const text = word.replace(/^ *\+?/, '')
      if (!/^\d+$/.test(text)) {
        io.err(`${io.name}: ${locale(io, word)} is not a valid positive integer\n`)
        status = 1
        return
      }
      const n = BigInt(text)
      const list = n === 0n ? [] : yield* factors(io, n)
      io.out(`${n}:${list.map((f) => ` ${f}`).join('')}\n`)
      yield* io.drain()
    }
    if (options.operands.length > 0) {
      for (const word of options.operands) yield* one(word)
      return status
    }
    const reader = new LineReader(yield* openSource(io.sys, '-'))
    for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
      for (const word of line.split(/[ \t]+/)) if (word !== '') yield* one(word)
      yield* io.flush()
    }
    return status
  },
})
