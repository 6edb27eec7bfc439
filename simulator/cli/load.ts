/** Finds a scenario by name or file (a written one or a capture) and makes machines of it. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { loadCapture } from '../scenarios/capture/load'
import { parseCapture } from '../scenarios/capture/schema'
import type { Distribution } from '../scenarios/written/node'
import { Lab, type LabHost, Station } from '../lab'
import { PROGRAMS } from '../programs/registry'
import { Session } from '../machine/session'
import { parseScenario, ScenarioError } from '../scenarios/written/schema'
import { loadAsset } from './assets'

/** Where the project lies: the launcher says it. */
export const ROOT = process.env.PAUSE_LAB_ROOT ?? process.cwd()
export const hostNow = (): number => performance.now()

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

/** The files of the written scenarios' nodes. */
export function readDistribution(): Distribution {
  return readJson(join(ROOT, 'content/nodes/debian-12.json')) as Distribution
}

/** A host with everything at hand. */
export const nodeHost = (): LabHost => ({ now: hostNow, load: loadAsset, distribution: readDistribution(), programs: PROGRAMS })

function fileOf(scenario: string): string {
  const named = join(ROOT, 'content/scenarios', `${scenario}.yaml`)
  if (!/[/.]/.test(scenario) && existsSync(named)) return named
  const file = resolve(process.env.INIT_CWD ?? process.cwd(), scenario)
  if (existsSync(file)) return file
  process.stderr.write(`lab: there is no scenario ${scenario}: neither ${named} nor ${file} exists\n`)
  process.exit(2)
}

const EQUIPMENT = ['jq']

/** Makes a fresh machine each time it is called. */
export interface Loaded {
  lab(): Station
  /** A session on a machine that also has what the lab's archive can install for scripts (jq). */
  equipped(): Promise<Session>
  /** `from`: Unix time of the first command; a capture stands up then when that is before its own time. */
  session(from?: number): Session
}

export function loadScenario(name: string, node: string | undefined): Loaded {
  const path = fileOf(name)
  return path.endsWith('.json') ? loadCaptured(path) : loadWrittenFile(path, node)
}

/** What was in root's home: a file beside the capture, or beside the project's own copy of it. */
function homeOf(path: string): Record<string, string> {
  const own = join(ROOT, 'content/recordings/cri-node')
  const beside = [dirname(path), ...(readFileSync(path).equals(readFileSync(join(own, 'capture.json'))) ? [own] : [])].map((folder) => join(folder, 'home.json')).find(existsSync)
  return beside === undefined ? {} : (readJson(beside) as Record<string, string>)
}

function loadCaptured(path: string): Loaded {
  const capture = parseCapture(readJson(path))
  const rootfs = readFileSync(join(dirname(path), 'rootfs.txt'), 'utf8')
  const etc = readJson(join(dirname(path), 'etc.json')) as Record<string, string>
  const home = homeOf(path)
  const stand = (from = capture.recorded_at) => loadCapture(capture, { rootfs, etc, home, now: Math.min(from, capture.recorded_at), hostNow, load: loadAsset, programs: PROGRAMS })
  const session = (from?: number): Session => {
    const { machine, node, loginOf } = stand(from)
    return new Session(machine, { host: node.name, hostNow, loginOf })
  }
  return {
    lab() {
      const { machine, node, loginOf } = stand()
      return new Station(machine, { host: node.name, shell: loginOf(node) })
    },
    session,
    // The captured node has them.
    equipped: async () => session(),
  }
}

function loadWrittenFile(path: string, node: string | undefined): Loaded {
  const lab = (): Lab => {
    try {
      return Lab.of(parseScenario(readFileSync(path, 'utf8'), path), nodeHost())
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error
      process.stderr.write(`${error.message}\n`)
      process.exit(2)
    }
  }
  const hostOf = ({ scenario }: Lab): string => node ?? scenario.nodes.at(-1)?.name ?? scenario.login.host
  const sessionOf = (made: Lab): Session => new Session(made.machine, { host: hostOf(made), hostNow })
  return {
    lab,
    session: () => sessionOf(lab()),
    async equipped() {
      const made = lab()
      await made.exec(hostOf(made), `apt-get install -qq ${EQUIPMENT.join(' ')}`)
      return sessionOf(made)
    },
  }
}
