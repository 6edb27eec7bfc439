// node scripts/busybox-usage.mjs BUSYBOX: writes what each applet of a real busybox says of itself to simulator/programs/busybox/usage.json.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'

const [busybox] = process.argv.slice(2)
if (busybox === undefined) {
  console.error('usage: node scripts/busybox-usage.mjs BUSYBOX')
  process.exit(2)
}
const run = (...args) => spawnSync(busybox, args, { input: '', encoding: 'utf8', timeout: 2000 })
const usage = {}
for (const applet of run('--list').stdout.trim().split('\n')) {
  const said = run(applet, '--help')
  const text = /^BusyBox v[^\n]*\n\n(.*)$/s.exec(said.stderr || said.stdout)?.[1]
  if (text?.startsWith('Usage: ') && !text.startsWith('Usage: busybox')) usage[applet] = text
}
writeFileSync(new URL('../simulator/programs/busybox/usage.json', import.meta.url), `${JSON.stringify(usage, null, 1)}\n`)
