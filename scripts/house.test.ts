/** The house inspects itself: what CONTRIBUTING and ARCHITECTURE promise of the tree holds. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { lessonFolders, loadLesson } from '../lib/lessons/load'
import { PROGRAMS } from '../simulator/programs/registry'
import { parseScenario } from '../simulator/scenarios/written/schema'
import { unit, write } from './new.mjs'

const ROOT = path.resolve(import.meta.dirname, '..')
const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), 'utf8')
const filesBelow = (folder: string): string[] =>
  fs.readdirSync(path.join(ROOT, folder), { withFileTypes: true, recursive: true }).filter((e) => e.isFile()).map((e) => path.join(e.parentPath, e.name))

describe('names', () => {
  test('no two programs lie at one path of the disk', () => {
    const paths = [...PROGRAMS.values()].flatMap((p) => p.paths)
    expect(paths.filter((p, i) => paths.indexOf(p) !== i)).toEqual([])
  })
  test('no two lessons have one address or one number', () => {
    const lessons = lessonFolders(ROOT)
    expect(new Set(lessons.map((l) => l.slug)).size).toBe(lessons.length)
    expect(new Set(lessons.map((l) => l.folder.slice(0, 2))).size).toBe(lessons.length)
  })
  test('every program says what it is for', () => {
    expect([...PROGRAMS.values()].filter((p) => p.summary.trim() === '').map((p) => p.id)).toEqual([])
  })
})

describe('documents', () => {
  test.each(['ARCHITECTURE.md', 'README.md', 'CONTRIBUTING.md'])('every path in %s exists', (document) => {
    const paths = [...read(document).matchAll(/`((?:app|lib|simulator|content|e2e|scripts|public)\/[\w./[\]-]*\w\/?)`/g)].map((m) => m[1] ?? '')
    expect(paths.length).toBeGreaterThan(0)
    expect(paths.filter((p) => !/NAME|NN-|PACKAGE/.test(p) && !fs.existsSync(path.join(ROOT, p)))).toEqual([])
  })
  test('every dependency has its reason in CONTRIBUTING', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies', Record<string, string>>
    const table = read('CONTRIBUTING.md').split('## Why each dependency')[1] ?? ''
    const patterns = [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap((m) => (m[1] ?? '').split(',').map((name) => name.trim()))
    const named = (name: string): boolean => name.startsWith('@types/') || patterns.some((p) => new RegExp(`^(@xterm/)?${p.replace(/[.]/g, '\\.').replace('*', '.*')}$`).test(name) || name === p)
    expect([...Object.keys(dependencies), ...Object.keys(devDependencies)].filter((name) => !named(name))).toEqual([])
  })
})

/** A copy of what the checks read, so that planted files are never seen by tests that run beside this one. */
function copyOfTheHouse(): string {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'house-'))
  for (const name of ['simulator', 'lib', 'tsconfig.json', '.dependency-cruiser.cjs', 'package.json']) fs.cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true })
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'))
  return copy
}

test('an import upwards within the simulator is refused', { timeout: 120_000 }, () => {
  const copy = copyOfTheHouse()
  fs.writeFileSync(path.join(copy, 'simulator/kernel/planted-import.ts'), "import '../programs/registry'\n")
  const { status, stdout, stderr } = spawnSync(path.join(ROOT, 'node_modules/.bin/depcruise'), ['simulator/kernel'], { cwd: copy, encoding: 'utf8' })
  fs.rmSync(copy, { recursive: true })
  expect(`${stdout}${stderr}`).toMatch(/floor-kernel.*planted-import/)
  expect(status).not.toBe(0)
})

test('nothing in the simulator asks the host for the time or for chance', () => {
  const sources = filesBelow('simulator').filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts') && !f.includes('/cli/'))
  expect(sources.filter((file) => /\b(Date\.now|Math\.random|new Date\(\))/.test(fs.readFileSync(file, 'utf8'))).map((f) => path.relative(ROOT, f))).toEqual([])
})

test('no module exports `then`: it would be taken for a promise, and a dynamic import of it would never end', () => {
  const sources = [...filesBelow('simulator'), ...filesBelow('lib')].filter((f) => f.endsWith('.ts'))
  expect(sources.filter((file) => /^export (function\*?|const|let) then\b/m.test(fs.readFileSync(file, 'utf8'))).map((f) => path.relative(ROOT, f))).toEqual([])
})

describe('scaffolds', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'scaffold-'))
  fs.mkdirSync(path.join(folder, 'content/lessons/04-there'), { recursive: true })
  const make = (kind: string, ...words: string[]): string => {
    const { files } = unit(kind, words, folder)
    write(files, folder)
    expect(() => write(files, folder)).toThrow(/is there already/)
    return Object.keys(files)[0] ?? ''
  }
  test('a scenario is a scenario', () => {
    const file = make('scenario', 'one')
    expect(parseScenario(fs.readFileSync(path.join(folder, file), 'utf8'), file).nodes).toHaveLength(1)
  })
  test('a lesson comes after the last one and is a lesson', () => {
    expect(make('lesson', 'next')).toBe('content/lessons/05-next/index.md')
    expect(loadLesson('05-next', 'next', folder).sections.length).toBeGreaterThan(0)
  })
  test('a command and a /proc file have the types of their kind', { timeout: 120_000 }, () => {
    const copy = copyOfTheHouse()
    for (const [kind, ...words] of [['command', 'testing', 'scaffold'], ['proc', 'pid', 'scaffold'], ['proc', 'root', 'scaffold']] as const) write(unit(kind, words, copy).files, copy)
    const config = { extends: './tsconfig.json', include: ['import-meta.d.ts', 'programs/testing', 'kernel/fs/proc/*/scaffold.ts'] }
    fs.writeFileSync(path.join(copy, 'simulator/tsconfig.scaffolds.json'), JSON.stringify(config))
    const { status, stdout } = spawnSync(path.join(ROOT, 'node_modules/.bin/tsc'), ['--noEmit', '-p', 'simulator/tsconfig.scaffolds.json'], { cwd: copy, encoding: 'utf8' })
    fs.rmSync(copy, { recursive: true })
    expect(stdout).toBe('')
    expect(status).toBe(0)
  })
  test('a wrong call says what it needs', () => {
    expect(() => unit('command', ['only-one'], folder)).toThrow(/needs 2 names/)
    expect(() => unit('proc', ['nowhere', 'x'], folder)).toThrow(/pid .* or root/)
    expect(() => unit('nothing', [], folder)).toThrow(/no kind/)
  })
})
