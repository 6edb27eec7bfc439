/** `command &` (bash(1), "Lists"). */
import type { AndOr, PipelineNode } from 'unbash'
import type { Run } from '../../kernel/run'
import { commandText } from '../print'
import type { Shell } from '../shell'
import { nullInput, runForkedNode, startStages } from './pipeline'

export function* startBackground(shell: Shell, node: PipelineNode | AndOr): Run {
  let pids: number[]
  if (node.type === 'Pipeline' && node.commands.length > 1 && node.prefixes.length === 0) pids = yield* startStages(shell, node, 'background')
  else {
    const pid = yield* shell.fork(
      function* (child) {
        if (child.backgroundWithoutJobs) yield* nullInput(child)
        return yield* runForkedNode(child, node)
      },
      { purpose: 'background', pgid: 0, foreground: 'background' },
    )
    pids = [pid]
  }
  shell.lastBackground = pids.at(-1)
  const job = shell.jobs.add(pids[0] ?? 0, pids, commandText(node, shell.unit?.source), 'background', pids.length > 1 && node.type === 'Pipeline' ? node.commands.map((stage) => commandText(stage, shell.unit?.source)) : undefined)
  if (shell.interactive && shell.dialect === 'bash') yield* shell.write(2, `[${job.id}] ${pids.at(-1)}\n`)
  shell.status = 0
}
