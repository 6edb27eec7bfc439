/** What a lab is made of beside its code: files of the site, fetched from where the worker lies. */
import type { Distribution, ProgramFacts, Scenario } from '../../simulator'

export interface Sources {
  readonly scenario: Promise<Scenario>
  readonly distribution: Promise<Distribution>
  /** Digests of the images' blobs. */
  readonly digests: Promise<readonly string[]>
  readonly programs: Promise<readonly ProgramFacts[]>
  /** A file of the site. */
  readonly file: (path: string) => Promise<Response>
}

/** The worker lies in a folder of its own below the site. */
async function fetchFile(path: string): Promise<Response> {
  const response = await fetch(new URL(`../${path}`, self.location.href))
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response
}

const json = async (path: string) => (await fetchFile(path)).json()

export function fetchSources(scenario: string): Sources {
  const sources = { scenario: json(`scenarios/${scenario}.json`), distribution: json('debian-12.json'), digests: json('digests.json'), programs: json('programs.json') }
  // Whoever awaits them says what failed.
  for (const source of Object.values(sources)) source.catch(() => {})
  return { ...sources, file: fetchFile }
}
