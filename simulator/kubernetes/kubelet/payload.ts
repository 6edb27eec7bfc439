/** Files that change all at once (pkg/volume/util atomic_writer.go): a directory of the moment, a link `..data` to it, and a link through that for each file. */
import { makeDirectories } from '../../containerd/files'
import { encode } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'

export interface PayloadFile {
  readonly path: string
  readonly text: string
  readonly mode: number
}

export function* writePayload(sys: Sys, directory: string, files: readonly PayloadFile[]): Run {
  const stamp = new Date(sys.now().sec * 1000).toISOString().slice(0, 19).replace(/[-T:]/g, '_')
  const moment = `..${stamp}.${sys.random()}`
  sys.mkdir(`${directory}/${moment}`, 0o755)
  for (const { path, text, mode } of files) {
    const parent = path.includes('/') ? `/${path.slice(0, path.lastIndexOf('/'))}` : ''
    makeDirectories(sys, `${directory}/${moment}${parent}`)
    yield* sys.writeFile(`${directory}/${moment}/${path}`, encode(text), { mode })
  }
  sys.symlink(moment, `${directory}/..data`)
  for (const top of new Set(files.map(({ path }) => path.split('/')[0] ?? ''))) sys.symlink(`..data/${top}`, `${directory}/${top}`)
}
