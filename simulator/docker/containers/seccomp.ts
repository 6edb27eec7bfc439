/** Docker's seccomp profile on amd64 (profiles/seccomp): containerd's, which was made of it, less what it does not allow, and in its own order. */
import { defaultSeccomp } from '../../containerd/oci/seccomp'
import type { OciSeccomp } from '../../containerd/oci/types'

const NOT_ALLOWED = ['pkey_alloc', 'pkey_free', 'pkey_mprotect']
const ORDER = ['ptrace', 'personality', 'arch_prctl', 'modify_ldt', 'clone', 'clone3', 'chroot']

export function seccompProfile(): OciSeccomp {
  const profile = defaultSeccomp()
  const [allowed, ...rest] = profile.syscalls ?? []
  if (!allowed) return profile
  const each = rest.flatMap((rule) => rule.names.map((name) => ({ ...rule, names: [name] })))
  const place = ({ names: [name = ''] }: { readonly names: readonly string[] }): number => ORDER.indexOf(name)
  return { ...profile, syscalls: [{ ...allowed, names: allowed.names.filter((name) => !NOT_ALLOWED.includes(name)) }, ...each.sort((a, b) => place(a) - place(b))] }
}
