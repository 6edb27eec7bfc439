/** Coprocesses (bash(1), "Coprocesses"): a background command joined to the shell by two pipes. */
import type { Coproc } from 'unbash'
import type { Run } from '../../kernel/run'
import { commandText } from '../print'
import type { Shell } from '../shell'
import { runList, runNode } from './run'

export function* runCoproc(shell: Shell, node: Coproc): Run<number> {
  const { sys } = shell
  const name = node.name?.text ?? 'COPROC'
  const toChild = sys.pipe()
  const fromChild = sys.pipe()
  const pid = yield* shell.fork(
    function* (child) {
      child.sys.close(toChild.write)
      child.sys.close(fromChild.read)
      child.sys.dup2(toChild.read, 0)
      child.sys.dup2(fromChild.write, 1)
      child.sys.close(toChild.read)
      child.sys.close(fromChild.write)
      return node.body.type === 'CompoundList' ? yield* runList(child, node.body) : yield* runNode(child, node.body, 'tail')
    },
    { purpose: 'background', pgid: 0, foreground: 'background' },
  )
  sys.close(toChild.read)
  sys.close(fromChild.write)
  const high = (fd: number, wanted: number): number => {
    let at = wanted
    while (sys.isOpen(at)) at--
    sys.dup2(fd, at)
    sys.close(fd)
    sys.setCloseOnExec(at, true)
    return at
  }
  const read = high(fromChild.read, 63)
  const write = high(toChild.write, 62)
  shell.vars.putList(name, [String(read), String(write)])
  shell.vars.put(`${name}_PID`, String(pid))
  shell.lastBackground = pid
  const job = shell.jobs.add(pid, [pid], commandText(node), 'background')
  if (shell.interactive) yield* shell.write(2, `[${job.id}] ${pid}\n`)
  return 0
}
