/** Platforms as they are written on a command line (platforms.Parse): `linux/amd64`, `arm64`, `linux/arm/v7`. */
import { quote } from '../../go/strconv'

const SYSTEMS = ['aix', 'android', 'darwin', 'dragonfly', 'freebsd', 'hurd', 'illumos', 'ios', 'js', 'linux', 'nacl', 'netbsd', 'openbsd', 'plan9', 'solaris', 'windows', 'zos']
const MACHINES = [
  '386', 'amd64', 'amd64p32', 'arm', 'armbe', 'arm64', 'arm64be', 'ppc64', 'ppc64le', 'loong64', 'mips', 'mipsle', 'mips64', 'mips64le', 'mips64p32', 'mips64p32le', 'ppc', 'riscv', 'riscv64', 's390', 's390x', 'sparc',
  'sparc64', 'wasm', 'i386', 'x86_64', 'x86-64', 'aarch64', 'armhf', 'armel', 'v5', 'v6', 'v7', 'v8',
]

/** Throws what `fail` makes of a text that names no platform. */
export function checkPlatform(text: string, fail: (text: string, why: string) => Error): void {
  const parts = text.split('/')
  const no = (why: string): Error => fail(text, `${why}: invalid argument`)
  if (text.includes('*')) throw no(`${quote(text)}: wildcards not yet supported`)
  for (const part of parts) if (!/^[A-Za-z0-9_-]+$/.test(part)) throw no(`${quote(part)} is an invalid component of ${quote(text)}: platform specifier component must match "^[A-Za-z0-9_-]+$"`)
  const [first = ''] = parts
  if (parts.length === 1 && !SYSTEMS.includes(first.toLowerCase()) && !MACHINES.includes(first.toLowerCase())) throw no(`${quote(text)}: unknown operating system or architecture`)
  if (parts.length > 3) throw no(`${quote(text)}: cannot parse platform specifier`)
}

const SAME: Readonly<Record<string, string>> = { 'x86_64': 'amd64', 'x86-64': 'amd64', aarch64: 'arm64', i386: '386' }

/** `os/architecture`, the machine's where one is left out. */
export function platformOf(text: string): string {
  const [first = '', second] = text.toLowerCase().split('/')
  if (second !== undefined) return `${first}/${SAME[second] ?? second}`
  return SYSTEMS.includes(first) ? `${first}/amd64` : `linux/${SAME[first] ?? first}`
}
