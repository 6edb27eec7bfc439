// node scripts/kubectl-help.mjs KUBECTL…: writes what each command of real kubectls says of itself to simulator/programs/kubernetes/kubectl/help/, and a table of their flags.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'

const binaries = process.argv.slice(2)
if (binaries.length === 0) {
  console.error('usage: node scripts/kubectl-help.mjs KUBECTL…')
  process.exit(2)
}
const folder = new URL('../simulator/programs/kubernetes/kubectl/help/', import.meta.url)

/** Commands that the list of commands does not name. */
const UNLISTED = ['alpha', 'options']

function textsOf(binary) {
  const run = (...words) => spawnSync(binary, words, { input: '', encoding: 'utf8', env: { HOME: '/root', PATH: '/usr/bin:/bin', COLUMNS: '80' } })
  const texts = {}
  const walk = (words) => {
    const said = run(...words, '--help')
    if (said.status !== 0) return
    texts[words.join(' ')] = said.stdout
    for (const [, list] of said.stdout.matchAll(/^\S.*Commands.*:\n((?: {2}.*\n)+)/gm)) {
      for (const [, name] of list.matchAll(/^ {2}([a-z][a-z0-9-]*) +\S/gm)) if (words.length < 3) walk([...words, name])
    }
  }
  walk([])
  for (const name of UNLISTED) if (!(name in texts)) walk([name])
  return { version: /GitVersion:"(v\d+\.\d+)/.exec(run('version', '--client').stdout)?.[1] ?? /Client Version: (v\d+\.\d+)/.exec(run('version', '--client').stdout)?.[1], texts, globals: run('options').stdout }
}

/** `-f, --filename=[]: …` as `f,filename=[]`. */
const flagsIn = (text) => [...text.matchAll(/^ +(?:-(\w), )?--([a-z][\w-]*)=('[^']*'|\[[^\]]*\]|:?[^:\n]*):/gm)].map(([, short, name, value]) => `${short ? `${short},` : ''}${name}=${value}`)

const table = {}
for (const binary of binaries) {
  const { version, texts, globals } = textsOf(binary)
  table[version] = { '!': { flags: flagsIn(globals) } }
  for (const [name, text] of Object.entries(texts)) {
    const aliases = /^Aliases:\n(.*)\n/m.exec(text)?.[1]?.split(', ').slice(1) ?? []
    const flags = name === 'options' ? [] : flagsIn(/^Options:\n((?:.*\n)*?)(?=^\S|$(?![\s\S]))/m.exec(text)?.[1] ?? '')
    table[version][name] = { ...(aliases.length > 0 ? { aliases } : {}), flags }
  }
  writeFileSync(new URL(`${version}.json`, folder), `${JSON.stringify({ ...texts, options: globals }, null, 1)}\n`)
}
const lines = (commands) => Object.entries(commands).map(([name, found]) => `  ${JSON.stringify(name)}: ${JSON.stringify(found)}`).join(',\n')
writeFileSync(new URL('flags.json', folder), `{\n${Object.entries(table).map(([version, commands]) => ` ${JSON.stringify(version)}: {\n${lines(commands)}\n }`).join(',\n')}\n}\n`)
