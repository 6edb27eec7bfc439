/** What a lab is made of, read from the project's files: for the build, which shows a prompt of what the lessons stand on (scripts/prompts.mjs). */
import distribution from '../../content/nodes/debian-12.json'
import { blobDigests } from '../../simulator/containerd/registry'
import { factsOf } from '../../simulator/programs/lazy'
import { PROGRAMS } from '../../simulator/programs/registry'
import { loadLessons, loadScenario } from '../lessons/load'
import type { Sources } from './sources'

/** Those of the lessons, each once; the start page's is one. */
export const scenariosOfLessons = (): string[] => [...new Set(loadLessons().map(({ scenario }) => scenario))]

export const sourcesAtHand = (scenario: string): Sources => ({
  scenario: Promise.resolve(loadScenario(scenario)),
  distribution: Promise.resolve(distribution),
  digests: Promise.resolve(blobDigests()),
  programs: Promise.resolve(factsOf(PROGRAMS)),
  file: (path) => Promise.reject(new Error(`a prompt needs no ${path}`)),
})
