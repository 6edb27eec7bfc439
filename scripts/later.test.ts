/** Code that is fetched when it is first run leaves no trace on the machine: a session of the worker's bundle and one with everything at hand are the same, to the byte, pid and nanosecond. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'
import { beforeAll, expect, test } from 'vitest'
import * as whole from '../simulator/testing/whole'
import { unrunIn } from './coverage.mjs'
import { laterPlugin } from './later.mjs'
import { split } from './split.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string): string => readFileSync(`${root}/content/${path}`, 'utf8')

const COMMANDS = [
  'printf "%s %(%Y)T\\n" a 0 | wc -c; declare -a x=(1 2); declare -p x; type -t ls declare; ulimit -n; umask',
  'read a b <<< "1 2 3"; echo $b; [[ abc =~ ^a(.)c$ ]] && echo "${BASH_REMATCH[1]}"; time -p true; mapfile -t m < /etc/hosts; echo ${#m[@]}',
  'for i in 1 2 3; do (seq $i 50 | grep 7 | wc -l) & done; wait; jobs; trap "echo t" EXIT; trap; ps -ef | tail -4; echo $$ $!',
  'ctr -n k8s.io c ls | grep -c pause; crictl pods -q | wc -l; p=$(crictl ps -q --name main); crictl exec $p sh -c "ls / | head -3; cat /proc/1/comm; nosuch; ls --nope"; date +%s.%N',
  'cat /nope; ls -l /proc/self/ns | tail -2; compgen -c lsn; getopts a: v -a 1; echo $v; pushd /tmp; history | tail -1',
]

/** What a program is comes from the list of all, as in a page; what it does from the bundle. */
const programsOf = (programs: typeof whole.PROGRAMS): typeof whole.PROGRAMS => new Map([...whole.PROGRAMS].map(([id, facts]) => [id, { ...facts, main: programs.get(id)?.main ?? facts.main }]))

async function login({ Lab, Session, parseScenario, PROGRAMS }: typeof whole) {
  const host = { now: () => performance.now(), load: () => Promise.reject(new Error('no asset')), distribution: JSON.parse(read('nodes/debian-12.json')), programs: programsOf(PROGRAMS) }
  const lab = await Lab.begin(parseScenario(read('scenarios/notes.yaml'), 'notes.yaml'), host)
  return { lab, session: new Session(lab.machine, { host: 'node01', hostNow: host.now }) }
}

async function story(bundle: typeof whole): Promise<unknown[]> {
  const { lab, session } = await login(bundle)
  const told: unknown[] = []
  for (const cmd of COMMANDS) told.push(await session.run({ cmd }), lab.now(), lab.moment, lab.machine.node('node01').kernel.pidNamespace.lastPid)
  return told
}

const outDir = `${root}/node_modules/.cache/pause-lab/later`
const partedDir = `${outDir}-parted`
const load = (file: string) => import(/* @vite-ignore */ pathToFileURL(file).href)

beforeAll(async () => {
  await build({
    root, configFile: false, logLevel: 'error', plugins: [laterPlugin()], ssr: { noExternal: true, external: ['jq-wasm'] },
    build: { ssr: `${root}/simulator/testing/whole.ts`, outDir, emptyOutDir: true, minify: false, target: 'node20', rollupOptions: { output: { entryFileNames: 'whole.mjs', chunkFileNames: '[name]-[hash].mjs' } } },
  })
}, 120_000)

test('a session with stand-ins is the session without', { timeout: 120_000 }, async () => {
  // It would pass with nothing put aside.
  expect(readFileSync(`${outDir}/whole.mjs`, 'utf8')).not.toContain('invalid line numbering format')
  expect(await story(await load(`${outDir}/whole.mjs`))).toEqual(await story(whole))
})

test('a session in two parts is the session in one', { timeout: 120_000 }, async () => {
  const code = readFileSync(`${outDir}/whole.mjs`, 'utf8')
  const unrun = await unrunIn(`${pathToFileURL(`${outDir}/whole.mjs`)}?prompt`, login)
  const { first, rest } = split(code, unrun, './rest.js')
  expect(rest.length).toBeGreaterThan(code.length / 5)
  expect(first, 'branches of functions that are called leave it too').toContain('__branch(1')
  cpSync(outDir, partedDir, { recursive: true })
  writeFileSync(`${partedDir}/whole.mjs`, first)
  writeFileSync(`${partedDir}/rest.mjs`, rest)
  const globals: { self?: unknown; importScripts?: () => void; theRest?: unknown } = globalThis
  globals.self = globals
  // As a module, for what the second part imports; a worker's `importScripts` does not wait.
  await load(`${partedDir}/rest.mjs`)
  const { theRest } = globals
  globals.theRest = undefined
  let fetched = 0
  globals.importScripts = () => {
    fetched++
    globals.theRest = theRest
  }
  const parted = await load(`${partedDir}/whole.mjs`)
  await login(parted)
  expect(fetched, 'a prompt needs the first part only').toBe(0)
  expect(await story(parted)).toEqual(await story(whole))
  expect(fetched, 'commands need the second, once').toBe(1)
})
