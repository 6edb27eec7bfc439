// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/vim-tiny/vim.tiny/index'

export const PROGRAMS: Chunk = {
  'vim-tiny/vim.tiny': p0,
}
