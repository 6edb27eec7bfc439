/** What dpkg says while it works. Through apt it writes to a terminal of apt's, so lines end in CR LF where standard output is a file. */
import type { Io } from '../program'
import { type Database, type Installed, shownName } from './database'

export const lineEnd = (io: Io): string => (io.sys.isatty(1) ? '\n' : '\r\n')

const STEP = 5

/** `end`: how lines end (dpkg by itself: `\n`). */
export function readingDatabase(io: Io, database: Database, end = '\n'): void {
  io.out('(Reading database ... ')
  if (end !== '\n' || io.sys.isatty(1)) for (let percent = STEP; percent <= 100; percent += STEP) io.out(`\r(Reading database ... ${percent}%`)
  io.out(`${end !== '\n' || io.sys.isatty(1) ? '\r(Reading database ... ' : ''}${database.entries()} files and directories currently installed.)${end}`)
}

export const removing = (io: Io, { name, fields, version }: Installed, end = '\n'): void => io.out(`Removing ${shownName(name, fields)} (${version}) ...${end}`)

/** Triggers that a change of these packages sets off: manual pages and libraries. */
export function triggers(io: Io, database: Database, names: readonly string[], end: string): void {
  const touches = (pattern: RegExp): boolean => names.some((name) => database.archive.packages[name]?.files.some((f) => pattern.test(f)))
  const run = (name: string): void => {
    const found = database.installed(name)
    if (found) io.out(`Processing triggers for ${name} (${found.version}) ...${end}`)
  }
  if (touches(/ \/usr\/share\/man\/./)) run('man-db')
  if (touches(/ (\/usr)?\/lib\/x86_64-linux-gnu\/[^/]+\.so/)) run('libc-bin')
}
