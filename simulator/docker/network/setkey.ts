/** `libnetwork-setkey`: what runc runs as the container's hook; it tells the daemon which process has the namespace (libnetwork sandbox_externalkey_unix.go). */
import { makeDirectories, removeAll } from '../../containerd/files'
import { decode, encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import { readToEnd } from '../../kernel/read-to-end'
import type { Run } from '../../kernel/run'
import type { Service, Sys } from '../../kernel/sys'

const SETKEY: unique symbol = Symbol('setkey')
export const SETKEY_NAME = 'libnetwork-setkey'

interface SetKey {
  readonly [SETKEY]: true
  /** Its words where it fails; empty where it does not. */
  set(containerId: string, key: string): Run<string>
}

const isSetKey = (service: Service): service is SetKey => SETKEY in service
const socketOf = (execRoot: string, controller: string): string => `${execRoot}/libnetwork/${controller}.sock`

export function serveSetKey(sys: Sys, execRoot: string, controller: string, set: SetKey['set']): void {
  makeDirectories(sys, `${execRoot}/libnetwork`)
  removeAll(sys, socketOf(execRoot, controller))
  const service: SetKey = { [SETKEY]: true, set }
  sys.serve(socketOf(execRoot, controller), service)
}

export function* runSetKey(sys: Sys): Run<number> {
  const [flag = '', containerId = '', controller = ''] = sys.argv.slice(1)
  const fail = function* (words: string): Run<number> {
    yield* sys.write(2, encode(`${words}\n`))
    return 1
  }
  if (controller === '') return yield* fail(`Re-exec expects 2 args (after parsing flags), received : ${sys.argv.length - 2}`)
  const { pid }: { readonly pid: number } = JSON.parse(decode(yield* readToEnd(() => sys.read(0, 4096))))
  try {
    const service = sys.dial(socketOf(flag.replace('-exec-root=', ''), controller))
    if (!isSetKey(service)) return 1
    const words = yield* sys.call(service, (s) => s.set(containerId, `/proc/${pid}/ns/net`))
    return words === '' ? 0 : yield* fail(words)
  } catch (error) {
    if (!isErrno(error)) throw error
    return yield* fail(`dial unix ${socketOf(flag.replace('-exec-root=', ''), controller)}: connect: ${error.message.toLowerCase()}`)
  }
}
