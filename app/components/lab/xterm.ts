/** xterm.js, from the one file that holds it for all pages (screen.ts): a lesson's first script has fetched it already. */
import { SCREEN } from '../../../lib/lab/early'

export const screenFile = (): Promise<typeof import('./screen')> => import(/* turbopackIgnore: true */ SCREEN)
