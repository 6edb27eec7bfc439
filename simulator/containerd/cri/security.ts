/** Profiles of seccomp, AppArmor and SELinux as a pod or a container asks for them (pkg/cri/server container_create_linux.go, helpers.go). */
import { decode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { GrpcError } from '../grpc'
import { jsonFault } from '../json'
import { defaultSeccomp } from '../oci/seccomp'
import type { OciSeccomp } from '../oci/types'
import type { SecurityProfile, SelinuxOption } from './services'

const RUNTIME_DEFAULT = 0
const UNCONFINED = 1
const LOCALHOST = 2
const PREFIX = 'localhost/'

const fault = (words: string): GrpcError => new GrpcError('Unknown', words)

interface Asked {
  readonly privileged?: boolean
  readonly seccomp?: SecurityProfile
  readonly seccomp_profile_path?: string
  readonly apparmor?: SecurityProfile
  readonly apparmor_profile?: string
}

/** The older way to name a profile (generateSecurityProfile). */
function profileOf(path: string | undefined): SecurityProfile | undefined {
  if (!path) return undefined
  if (path === 'runtime/default' || path === 'docker/default') return { profile_type: RUNTIME_DEFAULT }
  if (path === 'unconfined') return { profile_type: UNCONFINED }
  if (!path.startsWith(PREFIX)) throw fault(`invalid profile "${path}"`)
  return { profile_type: LOCALHOST, localhost_ref: path.slice(PREFIX.length) }
}

const withoutPrefix = (reference = ''): string => (reference.startsWith(PREFIX) ? reference.slice(PREFIX.length) : reference)

/** The file of the seccomp profile, the runtime's own, or none. */
export function seccompOf({ privileged, seccomp, seccomp_profile_path: path }: Asked): 'default' | 'none' | { readonly file: string } {
  const words = 'failed to generate seccomp spec opts: '
  const profile = seccomp ?? within(words, () => profileOf(path))
  if (privileged || !profile) return 'none'
  const type: number = profile.profile_type ?? RUNTIME_DEFAULT
  if (type !== LOCALHOST && profile.localhost_ref) throw fault(`${words}seccomp config invalid LocalhostRef must only be set if ProfileType is Localhost`)
  if (type === RUNTIME_DEFAULT) return 'default'
  if (type === UNCONFINED) return 'none'
  if (type === LOCALHOST) return { file: withoutPrefix(profile.localhost_ref) }
  throw fault(`${words}seccomp unknown ProfileType`)
}

/** The kernel has no AppArmor, so that a profile is refused (generateApparmorSpecOpts). */
export function checkApparmor({ apparmor, apparmor_profile: path }: Asked): void {
  const words = 'failed to generate apparmor spec opts: '
  const profile = apparmor ?? within(words, () => profileOf(path))
  if (profile && (profile.profile_type ?? RUNTIME_DEFAULT) !== UNCONFINED) throw fault(`${words}apparmor is not supported`)
}

function within<T>(words: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof GrpcError)) throw error
    throw fault(words + error.message)
  }
}

const LEVEL = /^s\d(-s\d)??(:c\d{1,4}(\.c\d{1,4})?(,c\d{1,4}(\.c\d{1,4})?)*)?$/

export function checkSelinux(options: SelinuxOption | undefined): void {
  const level = options?.level ?? ''
  if (level !== '' && !LEVEL.test(level)) throw fault(`the format of 'level' "${level}" is not correct`)
}

export function* readSeccomp(sys: Sys, chosen: ReturnType<typeof seccompOf>): Run<OciSeccomp | undefined> {
  if (chosen === 'none') return undefined
  if (chosen === 'default') return defaultSeccomp()
  const { file } = chosen
  let text: string
  try {
    text = decode(yield* sys.readFile(file))
  } catch (error) {
    if (!isErrno(error)) throw error
    throw fault(`cannot load seccomp profile "${file}": open ${file}: ${error.message.toLowerCase()}`)
  }
  try {
    const profile: OciSeccomp = JSON.parse(text)
    return profile
  } catch {
    throw fault(`decoding seccomp profile failed "${file}": ${jsonFault(text, 'unexpected end of JSON input') ?? ''}`)
  }
}
