/** ash's own line editor (busybox libbb/lineedit.c), made for a shell. */
import type { Run } from '../../kernel/run'
import type { LineReader } from '../interactive/reader'
import type { Shell } from '../shell'
import { LineEditor } from './reader'

export function* lineEditor(shell: Shell): Run<LineReader> {
  return new LineEditor(shell)
}
