/** Texts of which several tables are made (docker/cli cli/command/formatter). */
import { humanDuration } from '../../go/units'

const SHORT = 12

export const truncated = (id: string): string => id.replace(/^sha256:/, '').slice(0, SHORT)

/** A text of at most so many letters, the last of them … where it was longer. */
export const ellipsis = (text: string, most: number): string => ([...text].length <= most ? text : `${[...text].slice(0, most - 1).join('')}…`)

export const ago = (nowSec: number, sec: number): string => `${humanDuration(BigInt(Math.max(0, Math.floor(nowSec - sec))) * 1_000_000_000n)} ago`

/** time.Time's own text, in UTC. */
export const stamp = (sec: number): string => `${new Date(sec * 1000).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`

export const labelsText = (labels: Readonly<Record<string, string>> | null): string => Object.entries(labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key}=${value}`).join(',')
