/** A point in time, as struct timespec: whole seconds since 1970 and nanoseconds. */
export interface Timespec {
  readonly sec: number
  readonly nsec: number
}

export const NS_PER_MS = 1_000_000
export const NS_PER_SEC = 1_000_000_000
