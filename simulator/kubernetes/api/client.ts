/** How components reach the API server: over TCP, with the address of a kubeconfig file. */
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { ApiServer } from './server'

export const API_PORT = 6443

/** A connection to the API server at `address`. Errno of connect(2) when it cannot be reached. */
export function* dialApi(sys: Sys, address: string, port = API_PORT): Run<{ api: ApiServer; close: () => void }> {
  const { service, fd } = yield* sys.dialPort(address, port)
  if (!(service instanceof ApiServer)) throw new Error(`${address}:${port} is no API server`)
  return { api: service, close: () => sys.close(fd) }
}

/** A request function in a manager's name over one connection that is kept, as HTTP/2 does, and made anew while the server is away, as client-go's reflectors do. */
export function persistentClient(sys: Sys, address: string, manager: string): <T>(work: (api: ApiServer) => Run<T>) => Run<T> {
  let kept: { api: ApiServer; close: () => void } | undefined
  return function* call<T>(work: (api: ApiServer) => Run<T>): Run<T> {
    for (;;) {
      let connection = kept
      try {
        connection ??= yield* dialApi(sys, address)
      } catch (error) {
        if (!isErrno(error)) throw error
        yield* sys.sleep(RETRY_NS)
        continue
      }
      // Another coroutine may have connected meanwhile.
      if (kept && kept !== connection) connection.close()
      connection = kept ??= connection
      try {
        return yield* sys.call(connection.api, (server) => work(server.as(manager)))
      } catch (error) {
        if (!isErrno(error, 'ECONNRESET', 'ECONNREFUSED')) throw error
        if (kept === connection) {
          kept = undefined
          connection.close()
        }
        yield* sys.sleep(RETRY_NS)
      }
    }
  }
}

const RETRY_NS = 1_000_000_000
