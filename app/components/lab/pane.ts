/** The terminals of a lab, which come when they are looked at: the pane's code, and beside it the screen that it will ask for. */
import { screenFile } from './xterm'

export function terminalPane(): Promise<typeof import('./terminal-pane')> {
  // Where it cannot be had, the pane says so.
  screenFile().catch(() => {})
  return import('./terminal-pane')
}
