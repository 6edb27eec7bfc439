/** Progress as a file, and its end. */
import { clearProgress, isNewer, merged, readProgress } from '../../../lib/progress/store'
import { changeProgress, resetProgress } from '../progress'

/** Takes what a file holds, in addition to what is there. Says how it went. */
export function importProgress(text: string): string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'This file is no progress file: it is not JSON. Is it whole? Nothing was changed.'
  }
  const given = readProgress(value)
  if (!given) return isNewer(value) ? 'This file is from a newer version of the lab. Reload the page, take the new version, and load it again. Nothing was changed.' : 'This file is no progress file of Pause Lab. Nothing was changed.'
  changeProgress((p) => merged(p, given))
  return 'Imported, in addition to what was there.'
}

export async function forgetProgress(): Promise<void> {
  await clearProgress()
  resetProgress()
}
