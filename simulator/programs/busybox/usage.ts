/** Usage texts of busybox-static 1.35.0 (Debian 12), as `busybox APPLET --help` prints them (made by scripts/busybox-usage.mjs); an applet without one knows no help. */
import USAGE from './usage.json'

const TEXTS: Readonly<Record<string, string>> = USAGE

export const usageOf = (applet: string): string => TEXTS[applet] ?? 'No help available\n'
