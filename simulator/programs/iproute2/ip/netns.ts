/** `ip netns` (ip-netns(8), ip/ipnetns.c): names are files under /run/netns that a namespace is bound on. */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { type Ip, NETNS_DIR, matching, openNetns } from './context'

const COMMANDS = ['list', 'show', 'lst', 'list-id', 'help', 'add', 'set', 'delete', 'identify', 'pids', 'exec', 'monitor', 'attach'] as const

export function* netns(ip: Ip, args: readonly string[]): Run<number> {
  const [word, ...rest] = args
  const command = word === undefined ? 'list' : (COMMANDS.find((each) => each === word) ?? matching(word, COMMANDS))
  switch (command) {
    case 'list':
    case 'show':
    case 'lst':
      return yield* list(ip)
    case 'list-id':
      return yield* listIds(ip)
    case 'add':
      return yield* add(ip, rest[0])
    case 'attach':
      return yield* attach(ip, rest[0], rest[1])
    case 'set':
      return yield* set(ip, rest[0], rest[1])
    case 'delete':
      return remove(ip, rest[0])
    case 'identify':
      return yield* identify(ip, rest[0] ?? 'self')
    case 'pids':
      return yield* pids(ip, rest[0])
    case 'exec':
      return yield* execute(ip, rest)
    case undefined:
      return ip.unknownCommand(word ?? '', 'netns')
    default:
      return ip.notSimulated()
  }
}

const entries = (ip: Ip): string[] => {
  try {
    return ip.io.sys.readdir(NETNS_DIR).map((entry) => entry.name)
  } catch (error) {
    if (isErrno(error)) return []
    throw error
  }
}

function* list(ip: Ip): Run<number> {
  const { sys } = ip.io
  const rows: { name: string; id?: number }[] = []
  for (const name of entries(ip)) {
    const fd = yield* openNetns(ip.io, name)
    let id: number | undefined
    if (fd !== undefined) {
      try {
        id = sys.net.netnsId({ fd })
      } catch (error) {
        if (!isErrno(error)) throw error
      }
      sys.close(fd)
    }
    rows.push(id === undefined ? { name } : { name, id })
  }
  if (ip.options.json) {
    if (rows.length > 0) ip.json(rows)
  } else for (const { name, id } of rows) ip.io.out(id === undefined ? `${name}\n` : `${name} (id: ${id})\n`)
  return 0
}

function* listIds(ip: Ip): Run<number> {
  const names = yield* ip.namesById()
  const ids = new Set<number>(names.keys())
  for (const link of ip.links) if (link.netnsId !== undefined) ids.add(link.netnsId)
  for (const id of [...ids].sort((a, b) => a - b)) {
    const name = names.get(id)
    ip.io.out(`nsid ${id}${name === undefined ? '' : ` (iproute2 netns name: ${name})`}\n`)
  }
  return 0
}

/** The words of a failed call: `… failed: No such file or directory`. */
function attempt<T>(ip: Ip, what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!isErrno(error)) throw error
    return ip.die(1, `${what}: ${error.message}`)
  }
}

function* place(ip: Ip, name: string | undefined): Run<string> {
  if (name === undefined) return ip.die(1, 'No netns name specified')
  if (name === '' || name === '.' || name === '..' || name.includes('/') || name.length > 255) return ip.die(255, `Invalid netns name "${name}"`)
  const { sys } = ip.io
  const path = `${NETNS_DIR}/${name}`
  try {
    sys.mkdir(NETNS_DIR, 0o755)
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) return ip.die(1, `mkdir ${NETNS_DIR} failed: ${isErrno(error) ? error.message : ''}`)
  }
  try {
    sys.close(yield* sys.open(path, { read: true, create: true, exclusive: true }, 0))
  } catch (error) {
    if (!isErrno(error)) throw error
    return ip.die(1, `Cannot create namespace file "${path}": ${error.message}`)
  }
  return path
}

function* add(ip: Ip, name: string | undefined): Run<number> {
  const path = yield* place(ip, name)
  const { sys } = ip.io
  attempt(ip, `Failed to create a new network namespace "${name}"`, () => sys.unshare(['net']))
  attempt(ip, `Bind /proc/self/ns/net -> ${path} failed`, () => sys.mount('/proc/self/ns/net', path, 'bind', ''))
  return 0
}

function* attach(ip: Ip, name: string | undefined, pid: string | undefined): Run<number> {
  if (name === undefined) return ip.die(1, 'No netns name specified')
  if (pid === undefined || !/^\d+$/.test(pid)) return ip.die(1, pid === undefined ? 'No PID specified' : `Invalid process ID: ${pid}`)
  const path = yield* place(ip, name)
  attempt(ip, `Bind /proc/${pid}/ns/net -> ${path} failed`, () => ip.io.sys.mount(`/proc/${pid}/ns/net`, path, 'bind', ''))
  return 0
}

function* needNetns(ip: Ip, name: string, code: number, words: string): Run<number> {
  const fd = yield* openNetns(ip.io, name)
  return fd ?? ip.die(code, `${words}: No such file or directory`)
}

function* set(ip: Ip, name: string | undefined, id: string | undefined): Run<number> {
  if (name === undefined) return ip.die(255, 'No netns name specified')
  if (id === undefined) return ip.die(1, 'No nsid specified')
  if (id !== 'auto' && !/^\d+$/.test(id)) return ip.invalid(id, 'Invalid "netnsid" value\n')
  const fd = yield* needNetns(ip, name, 1, `Cannot open network namespace "${name}"`)
  const taken = new Set((yield* ip.namesById()).keys())
  let free = 0
  while (taken.has(free)) free++
  ip.change(() => ip.net.setNetnsId({ fd }, id === 'auto' ? free : Number(id)))
  return 0
}

function remove(ip: Ip, name: string | undefined): number {
  const names = ip.options.all ? entries(ip) : name === undefined ? ip.die(1, 'No netns name specified') : [name]
  const { sys } = ip.io
  for (const each of names) {
    const path = `${NETNS_DIR}/${each}`
    try {
      sys.umount(path, { detach: true })
    } catch (error) {
      if (!isErrno(error)) throw error
    }
    attempt(ip, `Cannot remove namespace file "${path}"`, () => sys.unlink(path))
  }
  return 0
}

function* identify(ip: Ip, pid: string): Run<number> {
  const { sys } = ip.io
  if (pid !== 'self' && !/^\d+$/.test(pid)) return ip.die(1, `Specified string '${pid}' is not a pid`)
  const own = attempt(ip, 'Cannot open network namespace', () => sys.stat(`/proc/${pid}/ns/net`))
  let found = ''
  for (const name of entries(ip)) {
    const at = sys.stat(`${NETNS_DIR}/${name}`)
    if (at.ino === own.ino && at.dev === own.dev) found += `${name}\n`
  }
  ip.io.out(found === '' ? '\n' : found)
  return 0
}

function* pids(ip: Ip, name: string | undefined): Run<number> {
  const { sys } = ip.io
  if (name === undefined) return ip.die(1, 'No netns name specified')
  const fd = yield* needNetns(ip, name, 1, 'Cannot open network namespace')
  const wanted = sys.fstat(fd)
  for (const { name: entry } of sys.readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      const at = sys.stat(`/proc/${entry}/ns/net`)
      if (at.ino === wanted.ino && at.dev === wanted.dev) ip.io.out(`${entry}\n`)
    } catch (error) {
      if (!isErrno(error)) throw error
    }
  }
  return 0
}

function* execute(ip: Ip, args: readonly string[]): Run<number> {
  const { sys } = ip.io
  const name = ip.options.all ? undefined : args[0]
  const [command, ...rest] = args.slice(ip.options.all ? 0 : 1)
  if (ip.options.all) {
    if (command === undefined) return ip.die(1, 'No command specified')
    for (const each of entries(ip)) {
      ip.io.out(`\nnetns: ${each}\n`)
      yield* ip.io.flush()
      const child = sys.fork(function* (childSys) {
        childSys.setns(yield* childSys.open(`${NETNS_DIR}/${each}`, { read: true, closeOnExec: true }), 'net')
        return yield* start(ip, childSys, command, rest)
      })
      yield* sys.wait(child)
    }
    return 0
  }
  if (name === undefined) return ip.die(1, 'No netns name specified')
  if (command === undefined) return ip.die(1, 'No command specified')
  const fd = yield* needNetns(ip, name, 255, `Cannot open network namespace "${name}"`)
  attempt(ip, `setting the network namespace "${name}" failed`, () => sys.setns(fd, 'net'))
  sys.close(fd)
  attempt(ip, 'unshare failed', () => sys.unshare(['mnt']))
  return yield* start(ip, sys, command, rest)
}

/** execvp(3). */
function* start(ip: Ip, sys: typeof ip.io.sys, command: string, args: readonly string[]): Run<number> {
  const path = sys.env.get('PATH') ?? '/usr/local/bin:/usr/bin:/bin'
  const places = command.includes('/') ? [command] : path.split(':').map((dir) => `${dir || '.'}/${command}`)
  let message = 'No such file or directory'
  for (const each of places) {
    try {
      return yield* sys.exec(each, [command, ...args], sys.env)
    } catch (error) {
      if (!isErrno(error)) throw error
      if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') message = error.message
    }
  }
  return ip.die(255, `exec of "${command}" failed: ${message}`)
}
