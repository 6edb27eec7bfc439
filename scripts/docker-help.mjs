// node scripts/docker-help.mjs DOCKER: writes what each command of a real docker says of itself, as its parts, to simulator/programs/docker.io/docker/help/texts.json.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'

const [binary] = process.argv.slice(2)
if (!binary) {
  console.error('usage: node scripts/docker-help.mjs DOCKER')
  process.exit(2)
}
const file = `${mkdtempSync(`${tmpdir()}/docker-help-`)}/said`

/** On a terminal so wide that no line is broken: docker asks its standard input for the width. */
function helpOf(words) {
  spawnSync('script', ['-qec', `stty cols 4000; ${binary} ${words.join(' ')} --help >${file} 2>/dev/null`, '/dev/null'], { encoding: 'utf8', env: { HOME: '/root', PATH: '/usr/bin:/bin' } })
  return readFileSync(file, 'utf8')
}

const HEADING = /^(Usage|Aliases|Examples|Options|Management Commands|Commands|Orchestrators):/

/** Blocks of the text by their headings; what stands before the first of them and after `Usage` is the description. */
function partsOf(text) {
  const parts = { about: [] }
  let at = 'about'
  for (const line of text.split('\n')) {
    const heading = HEADING.exec(line)?.[1]
    if (heading) {
      at = heading
      parts[at] = at === 'Usage' ? [line.replace(/^Usage: */, '')] : []
    } else if (line.startsWith('Run \'') || line.startsWith('To get more help')) at = 'end'
    else if (at === 'Usage' && line === '') at = 'about'
    else (parts[at] ??= []).push(line)
  }
  return parts
}

const trimmed = (lines = []) => lines.join('\n').replace(/^\n+|\s+$/g, '')

/** `-a, --all   Show all` as ['a', 'all', '', 'Show all']; a description goes on in the lines below it, from the same column. */
function optionsIn(lines = []) {
  const options = []
  const place = Math.max(...lines.map((line) => /^ {2}(?:-\w, | {4})--\S+(?: \S+)? {3}/.exec(line)?.[0].length ?? 0))
  for (const line of lines) {
    const found = /^ {2}(?:-(\w), | {4})--(\S+)(?: (\S+))? *$/.exec(line.slice(0, place))
    if (found) options.push([found[1] ?? '', found[2], found[3] ?? '', line.slice(place)])
    else if (line.trim() !== '') options.at(-1)[3] += `\n${line.slice(place)}`
  }
  return options
}

const commandsIn = (lines = []) => lines.flatMap((line) => /^ {2}([a-z][a-z0-9-]*)\*? +\S/.exec(line)?.[1] ?? [])
/** What the list of commands says of one. */
const shortOf = (name, lines) => lines.map((line) => new RegExp(`^  ${name}\\*? +(.*)$`).exec(line)?.[1]).find((text) => text !== undefined)

const texts = {}
function walk(words, short) {
  const parts = partsOf(helpOf(words))
  const below = [...commandsIn(parts['Management Commands']), ...commandsIn(parts.Commands)]
  const usage = (parts.Usage ?? []).map((line) => line.trim()).join('\n')
  if (usage === '' || (words.length > 0 && !usage.startsWith(`docker ${words.join(' ')}`))) return
  const aliases = trimmed(parts.Aliases).trim().split(', ').slice(1)
  texts[words.join(' ')] = {
    usage, about: trimmed(parts.about), ...(short === undefined || short === trimmed(parts.about) ? {} : { short }), ...(aliases.length > 0 ? { aliases } : {}), ...(parts.Examples ? { examples: trimmed(parts.Examples) } : {}), options: optionsIn(parts.Options),
    ...(below.length > 0 ? { below, managed: commandsIn(parts['Management Commands']).length } : {}),
  }
  for (const name of below) walk([...words, name], shortOf(name, [...(parts['Management Commands'] ?? []), ...(parts.Commands ?? [])]))
}
walk([])
/** `docker run` is `docker container run` under a shorter name. */
for (const [name, found] of Object.entries(texts)) {
  const long = Object.entries(texts).find(([other, { about, options }]) => other.includes(' ') && !name.includes(' ') && about === found.about && JSON.stringify(options) === JSON.stringify(found.options) && !found.below)
  if (long) texts[name] = { as: long[0] }
}
const lines = Object.entries(texts).map(([name, found]) => ` ${JSON.stringify(name)}: ${JSON.stringify(found)}`)
writeFileSync(new URL('../simulator/programs/docker.io/docker/help/texts.json', import.meta.url), `{\n${lines.join(',\n')}\n}\n`)
