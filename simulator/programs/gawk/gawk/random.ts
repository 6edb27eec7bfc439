/**
 * AWK's rand(): the additive generator of random(3) with 512 bytes of state seeded by Park and Miller's, drawn through a
 * table that shuffles (Bays and Durham, TOMS 2(1), 1976), two draws a number.
 */
const DEGREE = 63
const SEPARATION = 1
const MODULUS = 2_147_483_647
const SCALE = 2_147_483_648
const TABLE = 512

export class Random {
  private state: number[] = []
  private front = SEPARATION
  private rear = 0
  private table: number[] | null = null
  private last = 0
  constructor(seed: number) {
    this.seed(seed)
  }
  seed(seed: number): void {
    let word = Math.trunc(seed) | 0
    this.state = [word]
    for (let i = 1; i < DEGREE; i++) {
      if (word === 0) word = 123_459_876
      word = 16_807 * (word % 127_773) - 2836 * Math.trunc(word / 127_773)
      if (word < 0) word += MODULUS
      this.state.push(word)
    }
    this.front = SEPARATION
    this.rear = 0
    this.table = null
    for (let i = 0; i < 10 * DEGREE; i++) this.draw()
  }
  private additive(): number {
    const sum = ((this.state[this.front] ?? 0) + (this.state[this.rear] ?? 0)) >>> 0
    this.state[this.front] = sum | 0
    this.front = (this.front + 1) % DEGREE
    this.rear = (this.rear + 1) % DEGREE
    return sum >>> 1
  }
  private draw(): number {
    if (!this.table) {
      this.table = Array.from({ length: TABLE }, () => this.additive())
      this.last = this.additive()
    }
    const fresh = this.additive()
    const slot = this.last & (TABLE - 1)
    this.last = this.table[slot] ?? 0
    this.table[slot] = fresh
    return this.last
  }
  /** 0 <= n < 1. */
  rand(): number {
    for (;;) {
      const first = this.draw()
      const n = 0.5 + (first / SCALE + this.draw()) / SCALE - 0.5
      if (n !== 1) return n
    }
  }
}
