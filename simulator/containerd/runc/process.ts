/** What the container's process becomes before its program starts: user, groups, capabilities, limits, working directory (libcontainer init_linux.go). */
import { capabilityMask, type Credentials } from '../../kernel/credentials'
import { isErrno } from '../../kernel/errno'
import { DEFAULT_RLIMITS, type Rlimits } from '../../kernel/rlimits'
import type { Sys } from '../../kernel/sys'
import type { Run } from '../../kernel/run'
import { exists } from '../files'
import type { OciProcess, OciSeccomp } from '../oci/types'
import { readOrEmpty } from './cgroups'
import { RuncError } from './error'
import type { RuncRelease } from './release'

const isRlimit = (name: string): name is keyof Rlimits => name in DEFAULT_RLIMITS

export function applyLimits(sys: Sys, process: OciProcess): void {
  for (const { type, soft, hard } of process.rlimits ?? []) {
    const name = type.replace(/^RLIMIT_/, '').toLowerCase()
    if (isRlimit(name)) sys.setRlimit(name, soft, hard)
  }
}

/** utils.CloseExecFrom reads there which descriptors are open. */
export function checkDescriptors(sys: Sys): void {
  if (!exists(sys, '/proc/self/fd')) throw new RuncError('error closing exec fds: open /proc/self/fd: no such file or directory')
}

/** What whoever started runc had open is not for the container (utils.CloseExecFrom). */
export function keepOnlyStreams(sys: Sys): void {
  for (const fd of sys.descriptors()) if (fd > 2) sys.setCloseOnExec(fd, true)
}

/** `seccomp`: the container's filter, which all that begins in it has. */
export function becomeUser(sys: Sys, process: OciProcess, seccomp: OciSeccomp | undefined): void {
  const { uid, gid, additionalGids = [] } = process.user
  const sets = process.capabilities ?? {}
  // The ambient ones that are not inheritable too are not raised, and nothing is said (seen with runc 1.1.5).
  const capAmbient = capabilityMask(sets.ambient ?? []) & capabilityMask(sets.permitted ?? []) & capabilityMask(sets.inheritable ?? [])
  const wanted: Partial<Credentials> = {
    uid, euid: uid, suid: uid, fsuid: uid, gid, egid: gid, sgid: gid, fsgid: gid, groups: additionalGids,
    capBounding: capabilityMask(sets.bounding ?? []), capPermitted: capabilityMask(sets.permitted ?? []), capEffective: capabilityMask(sets.effective ?? []),
    capInheritable: capabilityMask(sets.inheritable ?? []), capAmbient, noNewPrivs: process.noNewPrivileges ?? false,
    ...(seccomp ? { seccomp: 2 } : {}),
  }
  try {
    sys.setCredentials(wanted)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new RuncError(`unable to apply caps: ${error.message.toLowerCase()}`)
  }
}

/** Root of the user namespace that was joined or made (nsexec.c stage 2). */
export function becomeRoot(sys: Sys): void {
  sys.setCredentials({ uid: 0, euid: 0, suid: 0, fsuid: 0, gid: 0, egid: 0, sgid: 0, fsgid: 0, groups: [] })
}

/** The directory of a container's own process was made with its root file system; that of a further one has to be there. */
export function enterDirectory(sys: Sys, cwd: string): void {
  try {
    sys.chdir(cwd)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new RuncError(`chdir to cwd ("${cwd}") set in config.json failed: ${error.message.toLowerCase()}`)
  }
}

/** What is no variable (libcontainer init_linux.go populateProcessEnvironment). */
export function environmentFault({ env = [] }: OciProcess, line: RuncRelease['line']): string | undefined {
  for (const entry of env) {
    if (!entry.includes('=')) return line === '1.1' ? `invalid environment variable: ${JSON.stringify(entry)}` : "invalid environment variable: missing '='"
    if (entry.startsWith('=')) return line === '1.1' ? `environment variable name can't be empty: ${JSON.stringify(entry)}` : 'invalid environment variable: name cannot be empty'
  }
  return undefined
}

export const environmentOf = (process: OciProcess): Map<string, string> =>
  new Map((process.env ?? []).map((entry): [string, string] => {
    const cut = entry.indexOf('=')
    return cut < 0 ? [entry, ''] : [entry.slice(0, cut), entry.slice(cut + 1)]
  }))

/** HOME, where nothing set it, is that of the user in the container's own /etc/passwd, or `/` (libcontainer setupUser, finalizeNamespace). */
export function* withHome(sys: Sys, env: Map<string, string>, uid: number): Run<Map<string, string>> {
  if (env.get('HOME')) return env
  const entry = ((yield* readOrEmpty(sys, '/etc/passwd')) ?? '').split('\n').map((line) => line.split(':')).find((fields) => Number(fields[2]) === uid && fields[2] !== '')
  env.delete('HOME')
  return env.set('HOME', entry?.[5] || '/')
}

/** exec.LookPath: a name with a slash is a path; else it is looked for in the container's PATH. */
export function lookPath(sys: Sys, name: string, env: ReadonlyMap<string, string>): string {
  const fail = (why: string): never => {
    throw new RuncError(`exec: "${name}": ${why}`)
  }
  const executable = (path: string): boolean => sys.stat(path).kind === 'file' && sys.access(path, { execute: true })
  if (name.includes('/')) {
    try {
      const { kind } = sys.stat(name)
      if (kind === 'dir' || !executable(name)) fail('permission denied')
    } catch (error) {
      if (isErrno(error)) fail(`stat ${name}: ${error.message.toLowerCase()}`)
      throw error
    }
    return name
  }
  for (const directory of (env.get('PATH') ?? '').split(':')) {
    const path = `${directory || '.'}/${name}`
    try {
      if (executable(path)) return path
    } catch (error) {
      if (!isErrno(error)) throw error
    }
  }
  return fail('executable file not found in $PATH')
}
