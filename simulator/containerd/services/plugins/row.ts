/** A plugin of containerd as these lists tell it: types without `io.containerd.`. */
export interface Row {
  readonly type: string
  readonly id: string
  /** It is for a platform; without it, for any. */
  readonly on?: 'linux'
  readonly requires?: readonly string[]
  /** What it tells of itself, in no order that holds (a Go map). */
  readonly exports?: Readonly<Record<string, string>>
  readonly capabilities?: readonly string[]
  /** Why it did not start: it says so itself, or it failed. */
  readonly skipped?: string
  readonly failed?: string
}

export const ROOT = '/var/lib/containerd'
