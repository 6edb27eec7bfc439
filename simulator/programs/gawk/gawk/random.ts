/** random(3) with 128 bytes of state, seeded with 1, and what AWK's rand() makes of it. */
const DEGREE = 31
const SEPARATION = 3
const SCALE = 2_147_483_647

export class Random {
  private state: number[] = []
  private front = SEPARATION
  private rear = 0
  constructor(seed: number) {
    this.seed(seed)
  }
  seed(seed: number): void {
    let word = Math.trunc(seed) | 0
    if (word === 0) word = 123_459_876
    this.state = [word]
    for (let i = 1; i < DEGREE; i++) {
      const high = Math.trunc(word / 127_773)
      const low = word % 127_773
      word = 16_807 * low - 2836 * high
      if (word < 0) word += SCALE
      this.state.push(word)
    }
    this.front = SEPARATION
    this.rear = 0
    for (let i = 0; i < 10 * DEGREE; i++) this.next()
  }
  private next(): number {
    const sum = ((this.state[this.front] ?? 0) + (this.state[this.rear] ?? 0)) >>> 0
    this.state[this.front] = sum | 0
    this.front = (this.front + 1) % DEGREE
    this.rear = (this.rear + 1) % DEGREE
    return sum >>> 1
  }
  /** 0 <= n < 1, out of two draws. */
  rand(): number {
    for (;;) {
      const n = 0.5 + (this.next() / SCALE + this.next()) / SCALE - 0.5
      if (n !== 1) return n
    }
  }
}
