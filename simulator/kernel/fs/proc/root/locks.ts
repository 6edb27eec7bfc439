/** /proc/locks: file locks that are held (proc(5), fs/locks.c), by flock(2). */
import type { Kernel } from '../../../kernel'
import { majorOf, minorOf } from '../../../vfs/filesystem'
import { heldBy } from '../../../vfs/locks'
import type { OpenFile } from '../../../vfs/openfile'
import { systemFile } from '../entry'

const hex = (value: number): string => value.toString(16).padStart(2, '0')

/** Open files, with a task that has each. */
function openFiles(kernel: Kernel): Map<OpenFile, number> {
  const found = new Map<OpenFile, number>()
  for (const task of kernel.tasks()) for (const { file } of task.fds.values()) if (!found.has(file)) found.set(file, task.globalPid)
  return found
}

export default systemFile(({ kernel }) => {
  let text = ''
  let number = 0
  for (const [file, pid] of openFiles(kernel)) {
    const kind = heldBy(file)
    if (!kind) continue
    const { fs, ino } = file.inode
    text += `${++number}: FLOCK  ADVISORY  ${kind === 'exclusive' ? 'WRITE' : 'READ '} ${pid} ${hex(majorOf(fs.dev))}:${hex(minorOf(fs.dev))}:${ino} 0 EOF\n`
  }
  return text
})
