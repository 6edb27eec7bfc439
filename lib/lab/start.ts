/** Where a section's node stands: all setups up to it, its own clock and pid counter. */
import type { Lesson } from '../lessons/model'
import type { Start } from './protocol'

export function startOf(lesson: Lesson, sectionId: string): Start {
  const steps: { node: string; script: string }[] = []
  let at: number | null = null
  let lastPid: number | null = null
  let node = 'node01'
  for (const section of lesson.sections) {
    const { checkpoint } = section
    if (checkpoint) {
      if (checkpoint.setup) steps.push(checkpoint.setup)
      if (checkpoint.at) at = Date.parse(checkpoint.at)
      lastPid = checkpoint.lastPid
      node = checkpoint.node
    }
    if (section.id === sectionId) break
  }
  return { steps, at, lastPid, node }
}
