/** From a runtime's name to its shim (runtime/v2/manager.go resolveRuntimePath, shim/util.go BinaryName). */
import { isErrno } from '../../kernel/errno'
import type { Sys } from '../../kernel/sys'
import { unknownError } from '../grpc'

const fail = (words: string): Error => unknownError(`failed to start shim: failed to resolve runtime path: ${words}`)

/** The shim's file: of a path itself, of `io.containerd.NAME.VERSION` the binary of that name in PATH. */
export function shimBinary(sys: Sys, runtime: string): string {
  if (runtime.startsWith('/')) {
    try {
      if (sys.stat(runtime).kind !== 'file' || !sys.access(runtime, { execute: true })) throw unknownError(`failed to start shim: start failed: : fork/exec ${runtime}: permission denied`)
      return runtime
    } catch (error) {
      if (!isErrno(error)) throw error
      throw fail(`invalid custom binary path: stat ${runtime}: ${error.message.toLowerCase()}`)
    }
  }
  const parts = runtime.split('.')
  const [kind, version] = parts.slice(-2)
  if (parts.length < 2 || !kind || !version) {
    throw fail(`invalid runtime name ${runtime}, correct runtime name should be either format like \`io.containerd.runc.v1\` or a full path to the binary`)
  }
  const name = `containerd-shim-${kind}-${version}`
  for (const directory of (sys.env.get('PATH') ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin').split(':')) {
    try {
      if (sys.access(`${directory}/${name}`, { execute: true })) return `${directory}/${name}`
    } catch (error) {
      if (!isErrno(error)) throw error
    }
  }
  throw fail(`runtime "${runtime}" binary not installed "${name}": file does not exist`)
}
