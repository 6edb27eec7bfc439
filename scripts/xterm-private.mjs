// Short names for xterm.js's private members, which it ships under their long ones: 3 kB up to the prompt (scripts/screen.mjs). By its convention they begin with `_`, and
// nobody else may name them; its addons do all the same, so what the word stands in keeps its name. The same word becomes the same name everywhere in the
// one file, member or variable, which changes nothing as long as no string names it: that stops the build.
import fs from 'node:fs'
import path from 'node:path'

const WORD = /(?<![\w$])_[A-Za-z]\w*/g
/** A word that stands by itself in quotes: a member could be read by it. */
const QUOTED = /(["'`])(_[A-Za-z]\w*)\1/g

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const shortName = (i) => (i < LETTERS.length ? LETTERS[i] : shortName(Math.floor(i / LETTERS.length) - 1) + LETTERS[i % LETTERS.length])

/** All that our addons name. */
function namedByAddons(scope) {
  const files = fs.readdirSync(scope).filter((name) => name.startsWith('addon-')).flatMap((name) => fs.readdirSync(path.join(scope, name, 'lib')).map((file) => path.join(scope, name, 'lib', file)))
  return new Set(files.filter((file) => file.endsWith('.mjs')).flatMap((file) => fs.readFileSync(file, 'utf8').match(WORD) ?? []))
}

/** The text of `file`, which is xterm.js. */
export function withShortNames(source, file) {
  const kept = namedByAddons(path.resolve(path.dirname(file), '../..'))
  const count = new Map()
  for (const [word] of source.matchAll(WORD)) if (!kept.has(word)) count.set(word, (count.get(word) ?? 0) + 1)
  const quoted = [...source.matchAll(QUOTED)].map(([, , word]) => word).filter((word) => source.includes(`.${word}`))
  if (quoted.length > 0 || count.size < 300) throw new Error(`${file} is not as expected: ${quoted.join(', ') || 'few private members'} (scripts/xterm-private.mjs)`)
  const taken = new Set(source.match(WORD))
  let next = 0
  const names = new Map()
  for (const [word] of [...count].sort(([, a], [, b]) => b - a)) {
    let short = `_${shortName(next++)}`
    while (taken.has(short)) short = `_${shortName(next++)}`
    names.set(word, short)
  }
  return source.replace(WORD, (word) => names.get(word) ?? word)
}
