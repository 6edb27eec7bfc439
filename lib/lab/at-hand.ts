/** What a lab is made of, read from the project's files: for the build, which boots every scenario once (scripts/prompts.mjs). */
import distribution from '../../content/nodes/debian-12.json'
import { blobDigests } from '../../simulator/containerd/registry'
import { factsOf } from '../../simulator/programs/lazy'
import { PROGRAMS } from '../../simulator/programs/registry'
import { loadScenario } from '../lessons/load'
import type { Sources } from './sources'


export const sourcesAtHand = (scenario: string): Sources => ({
  scenario: Promise.resolve(loadScenario(scenario)),
  distribution: Promise.resolve(distribution),
  digests: Promise.resolve(blobDigests()),
  programs: Promise.resolve(factsOf(PROGRAMS)),
  file: (path) => Promise.reject(new Error(`a prompt needs no ${path}`)),
})
