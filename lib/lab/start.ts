/** Where a section's node stands: every checkpoint up to it, one after the other, its pid counter at the end. */
import type { Lab } from '../../simulator'
import type { Checkpoint } from '../lessons/model'
import type { Stage, Start } from './protocol'

const SLICE_MS = 20

/** What of a lesson's sections a start is made of. */
export interface Plan {
  readonly sections: readonly { readonly id: string; readonly checkpoint: Checkpoint | null }[]
}

export const EMPTY_START: Start = { stages: [], lastPid: null, node: 'node01' }

export function startOf(lesson: Plan, sectionId: string): Start {
  const stages: Stage[] = []
  let lastPid: number | null = null
  let node = 'node01'
  for (const section of lesson.sections) {
    const { checkpoint } = section
    if (checkpoint) {
      stages.push({ setup: checkpoint.setup, at: checkpoint.at ? Date.parse(checkpoint.at) : null })
      lastPid = checkpoint.lastPid
      node = checkpoint.node
    }
    if (section.id === sectionId) break
  }
  return { stages, lastPid, node }
}

/** Plays the checkpoints on a freshly booted lab. Throws when a setup fails. */
export async function playStages(lab: Lab, start: Start): Promise<void> {
  for (const { setup, at } of start.stages) {
    for (const { node, script } of setup) {
      const { code, stderr } = await lab.exec(node, script)
      if (code !== 0) throw new Error(`the setup of this section ended with ${code}: ${stderr.trim()}`)
    }
    while (at !== null && lab.now() < at) {
      const state = lab.run({ budget: SLICE_MS, until: at })
      if (state.state === 'parked') await lab.loaded()
    }
  }
}
