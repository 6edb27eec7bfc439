/** Usage texts of busybox-static 1.35.0 (Debian 12), as `busybox APPLET --help` prints them (made by scripts/busybox-usage.mjs); an applet without one knows no help. */
import type { Run } from '../../kernel/run'
import USAGE from './usage.json'

const TEXTS: Readonly<Record<string, string>> = USAGE

/** A generator, so that a page fetches the texts when the first one is shown (scripts/later.txt). */
export function* usageOf(applet: string): Run<string> {
  return TEXTS[applet] ?? 'No help available\n'
}
