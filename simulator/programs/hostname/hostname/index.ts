/** hostname(1) 3.23 of Debian, which is also domainname and dnsdomainname: the names of this UTS namespace and what they stand for. Recording: query/namespaces. */
import { decode } from '../../../kernel/bytes'
import { Errno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { getaddrinfo, LOOKUP_ERRORS } from '../../libc/getaddrinfo'
import { optionsOf } from '../../options/call'
import { declare } from '../../options/declare'
import { type Io, program } from '../../program'
import { HELP } from './help'

const DECLARED = declare([
  `  -a, --alias
  -A, --all-fqdns
  -b, --boot
  -d, --domain
  -f, --fqdn
  --long
  -F, --file <name>
  -i, --ip-address
  -I, --all-ip-addresses
  -s, --short
  -y, --yp
  --nis
  -h, --help
  -V, --version`,
])
type Kind = 'host' | 'domain' | 'nis'

function* addressesOf(io: Io, name: string): Run<string[]> {
  const looked = yield* getaddrinfo(io.sys, name)
  if (looked.kind === 'found') return looked.addresses.map((a) => a.address)
  io.err(`${io.name}: ${LOOKUP_ERRORS[looked.kind]}\n`)
  return io.exit(1)
}

/** Canonical name and aliases of a name: what stands in the first line of /etc/hosts that has it. */
function* entryOf(io: Io, name: string): Run<string[]> {
  yield* addressesOf(io, name)
  const text = decode(yield* io.sys.readFile('/etc/hosts'))
  const line = text.split('\n').map((l) => l.replace(/#.*/, '').trim().split(/\s+/)).find(([, ...names]) => names.includes(name))
  return line ? line.slice(1) : [name]
}

function set(io: Io, kind: Kind, text: string): number {
  const name = text.replace(/\n.*$/s, '').trim()
  if (kind === 'domain') {
    io.err(`${io.name}: You can't change the DNS domain name with this command\n\nUnless you are using bind or NIS for host lookups you can change the DNS\ndomain name (which is part of the FQDN) in the /etc/hosts file.\n`)
    return 1
  }
  if (kind === 'host' && !/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(name)) {
    io.err(`${io.name}: the specified hostname is invalid\n`)
    return 1
  }
  try {
    if (kind === 'host') io.sys.setHostname(name)
    else io.sys.setDomainname(name)
    return 0
  } catch (error) {
    if (!(error instanceof Errno)) throw error
    const reasons: Readonly<Record<string, string>> = { EPERM: `you must be root to change the ${kind === 'host' ? 'host' : 'domain'} name`, EINVAL: 'name too long' }
    io.err(`${io.name}: ${reasons[error.code] ?? error.message}\n`)
    return 1
  }
}

function* show(io: Io, kind: Kind, asked: string | undefined): Run<number> {
  const { nodename, domainname } = io.sys.uname()
  if (kind === 'nis' || asked === 'yp' || asked === 'nis') {
    if (domainname === '' || (domainname === '(none)' && asked !== undefined)) {
      io.err(`${io.name}: Local domain name not set\n`)
      return 1
    }
    io.out(`${domainname}\n`)
    return 0
  }
  switch (kind === 'domain' ? 'domain' : asked) {
    case 'short':
      io.out(`${nodename.split('.')[0]}\n`)
      return 0
    case 'ip-address':
      io.out(`${(yield* addressesOf(io, nodename)).join(' ')}\n`)
      return 0
    case 'all-ip-addresses': {
      const all = io.sys.net.links().filter((l) => l.kind !== 'loopback').flatMap((l) => l.addresses).filter((a) => a.scope !== 'link')
      const sorted = [...all.filter((a) => a.family === 'inet'), ...all.filter((a) => a.family === 'inet6')]
      io.out(`${sorted.map((a) => `${a.local} `).join('')}\n`)
      return 0
    }
    case 'alias':
      io.out(`${(yield* entryOf(io, nodename)).slice(1).join(' ')}\n`)
      return 0
    case 'fqdn':
    case 'long':
      io.out(`${(yield* entryOf(io, nodename))[0]}\n`)
      return 0
    case 'domain': {
      const full = (yield* entryOf(io, nodename))[0] ?? ''
      if (full.includes('.')) io.out(`${full.slice(full.indexOf('.') + 1)}\n`)
      return 0
    }
    case 'all-fqdns':
      io.out('\n')
      return 0
    default:
      io.out(`${nodename}\n`)
      return 0
  }
}

export default program({
  paths: ['/bin/hostname', '/bin/dnsdomainname', '/bin/domainname', '/bin/nisdomainname', '/bin/ypdomainname'],
  summary: "show or set the system's host name",
  *run(io) {
    const options = optionsOf(io, DECLARED, (message) => {
      io.err(`${io.name}: ${message}\n`)
      io.out(HELP)
      return 255
    })
    if (options.has('help')) {
      io.out(HELP)
      return 255
    }
    if (options.has('version')) {
      io.out('hostname 3.23\n')
      return 0
    }
    const kind: Kind = io.name === 'dnsdomainname' ? 'domain' : /^(yp|nis)?domainname$/.test(io.name) ? 'nis' : 'host'
    if (options.operands.length > 1) {
      io.err(HELP)
      return 255
    }
    const file = options.value('file')
    if (file !== undefined) {
      try {
        const line = decode(yield* io.sys.readFile(file)).split('\n').find((l) => l.trim() !== '' && !l.startsWith('#'))
        return set(io, kind, line ?? '')
      } catch (error) {
        if (!(error instanceof Errno)) throw error
        io.err(`${io.name}: ${error.message}\n`)
        return 1
      }
    }
    const [name] = options.operands
    if (name !== undefined) return set(io, options.has('yp') || options.has('nis') ? 'nis' : kind, name)
    if (options.has('boot') && io.sys.uname().nodename === '') return set(io, 'host', 'localhost')
    return yield* show(io, kind, options.last('alias', 'all-fqdns', 'domain', 'fqdn', 'long', 'ip-address', 'all-ip-addresses', 'short', 'yp', 'nis'))
  },
})
