/** Exponential back-off by key (client-go util/flowcontrol/backoff.go): 10 s, doubled each time, at most 5 min, forgotten after twice that. */
const FIRST_S = 10
const LONGEST_S = 300

interface Entry {
  readonly seconds: number
  readonly updated: number
}

export class Backoff {
  private readonly entries = new Map<string, Entry>()

  /** What went wrong at `event` is to be waited for still. */
  holdsSince(key: string, event: number, now: number): boolean {
    const entry = this.entries.get(key)
    return entry !== undefined && !expired(entry, event) && now - event < entry.seconds
  }
  /** The same, counted from when the entry was made. */
  holds(key: string, now: number): boolean {
    const entry = this.entries.get(key)
    return entry !== undefined && !expired(entry, now) && now - entry.updated < entry.seconds
  }
  next(key: string, now: number): void {
    const entry = this.entries.get(key)
    const seconds = entry && !expired(entry, now) ? Math.min(entry.seconds * 2, LONGEST_S) : FIRST_S
    this.entries.set(key, { seconds, updated: now })
  }
  seconds(key: string): number {
    return this.entries.get(key)?.seconds ?? 0
  }
}

const expired = ({ updated }: Entry, now: number): boolean => now - updated > 2 * LONGEST_S
