/** kubectl get --raw: what the server answers to a path (pkg/rawhttp); of its objects the lab has no such form. */
import type { Run } from '../../../kernel/run'
import { ApiStatus } from '../../../kubernetes/api/status'
import { buildOf } from './builds'
import { type Context, Refused } from './command'
import { NotHere } from './refused'

const HEALTHY = ['/healthz', '/livez', '/readyz']
/** What a server knows below its root. */
const KNOWN = /^\/(?:$|api\b|apis\b|openapi\b|metrics\b|logs\b|healthz\b|livez\b|readyz\b|version\b|\.well-known\b|openid\b)/

export function* getRaw(context: Context, path: string): Run<number> {
  const { io, flags } = context
  if (flags.args.length > 0 || flags.all('filename').length > 0) throw new Refused('error: arguments may not be passed when --raw is specified')
  const server = yield* context.api(function* (api) {
    return api.version
  })
  if (!KNOWN.test(path)) throw new ApiStatus('NotFound', 'the server could not find the requested resource')
  if (HEALTHY.includes(path)) io.out('ok')
  else if (path === '/version') io.out(JSON.stringify(buildOf(server, 'server'), null, 2))
  else throw new NotHere(`kubectl get --raw ${path}: not simulated in this lab`)
  return 0
}
