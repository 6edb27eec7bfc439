/** Lessons on disk: content/lessons/NN-slug/index.md, in the order of their numbers. Read at build time and by the checker. */
import fs from 'node:fs'
import path from 'node:path'
import { parseScenario, type Scenario } from '../../simulator/scenarios/written/schema'
import type { Lesson } from './model'
import { parseLesson } from './parse'

const FOLDER = 'content/lessons'

/** Slugs in order, without their numbers: `00-the-pause-container` is `the-pause-container`. */
export function lessonFolders(root = process.cwd()): { folder: string; slug: string }[] {
  return fs
    .readdirSync(path.join(root, FOLDER), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d\d-/.test(entry.name))
    .map((entry) => ({ folder: entry.name, slug: entry.name.slice(3) }))
    .sort((a, b) => (a.folder < b.folder ? -1 : 1))
}

export function loadLesson(folder: string, slug: string, root = process.cwd()): Lesson {
  const file = path.posix.join(FOLDER, folder, 'index.md')
  return parseLesson(fs.readFileSync(path.join(root, file), 'utf8'), file, slug)
}

export const loadLessons = (root = process.cwd()): Lesson[] => lessonFolders(root).map(({ folder, slug }) => loadLesson(folder, slug, root))

export function loadScenario(name: string, root = process.cwd()): Scenario {
  const file = path.posix.join('content/scenarios', `${name}.yaml`)
  return parseScenario(fs.readFileSync(path.join(root, file), 'utf8'), file)
}

/** Names of the scenarios: content/scenarios/NAME.yaml. */
export const scenarioNames = (root = process.cwd()): string[] =>
  fs
    .readdirSync(path.join(root, 'content/scenarios'))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort()
