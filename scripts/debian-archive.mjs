#!/usr/bin/env node
// Makes content/nodes/debian-12-packages.json on a Debian 12 machine: what its package archive says of the packages that a node has
// (those that own a program in the node's listing, with all they depend on) and of some that a student may install.
// Usage: scripts/debian-archive.mjs PACKAGE…   (the packages to install; the node's own are found by their files)
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'

const run = (command, ...args) => execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] })
const OUT = 'content/nodes/debian-12-packages.json'
/** Fields that dpkg keeps of a package, in the order in which dpkg -s shows them. */
const KEPT = ['Essential', 'Priority', 'Section', 'Installed-Size', 'Maintainer', 'Architecture', 'Multi-Arch', 'Source', 'Version', 'Provides', 'Depends', 'Pre-Depends', 'Homepage', 'Size']

function show(name) {
  const text = run('apt-cache', 'show', '--no-all-versions', name)
  const fields = {}
  let last = ''
  for (const line of text.split('\n\n')[0].split('\n')) {
    if (line.startsWith(' ')) fields[last] += `\n${line}`
    else {
      const at = line.indexOf(':')
      last = line.slice(0, at)
      fields[last] = line.slice(at + 1).trim()
    }
  }
  return fields
}

/** Paths of a package with mode and size, out of its archive. */
function contents(name) {
  const folder = fs.mkdtempSync('/tmp/archive-')
  execFileSync('apt-get', ['download', name], { cwd: folder, stdio: 'ignore' })
  const [file] = fs.readdirSync(folder)
  const lines = run('dpkg-deb', '-c', `${folder}/${file}`).trim().split('\n')
  fs.rmSync(folder, { recursive: true })
  return lines.map((line) => {
    const [mode, , size, , , ...rest] = line.split(/\s+/)
    const [path, target] = rest.join(' ').split(' -> ')
    return { mode, size: Number(size), path: path.replace(/^\./, '').replace(/\/$/, '') || '/.', target }
  })
}

const isProgram = ({ path, mode }) => /^\/(usr\/)?s?bin\/[^/]+$/.test(path) && !mode.startsWith('d')
const names = process.argv.slice(2)
const owners = fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)
const packages = {}
const queue = [...owners, ...names]
while (queue.length > 0) {
  const name = queue.shift()
  if (packages[name]) continue
  let fields
  try {
    fields = show(name)
  } catch {
    continue
  }
  if (!fields.Version) continue
  const all = contents(name)
  const whole = names.includes(name) || all.length < 20
  packages[name] = {
    fields: Object.fromEntries(KEPT.filter((k) => fields[k]).map((k) => [k, fields[k]])),
    description: fields['Description-en'] ?? fields.Description ?? '',
    entries: all.length,
    ...(whole ? { whole: true } : {}),
    files: all.filter((f) => whole || isProgram(f)).map(({ mode, size, path, target }) => [mode, size, path, ...(target ? [target] : [])].join(' ')),
  }
  for (const word of [fields['Pre-Depends'], fields.Depends].filter(Boolean).join(',').split(',')) {
    const first = word.split('|')[0].trim().split(/[ (:]/)[0]
    if (first) queue.push(first)
  }
  process.stderr.write(`${name} `)
}
const order = Object.keys(packages).sort()
fs.writeFileSync(OUT, `{\n${order.map((n) => `${JSON.stringify(n)}: ${JSON.stringify(packages[n])}`).join(',\n')}\n}\n`)
