/** `runc exec`: what its flags make of the container's own process (exec.go getProcess), and how that ends. */
import { ownRunc, type RuncRelease } from '../../../containerd/runc/release'
import { execIn, RuncError, stateAndStatus } from '../../../containerd/runc/index'
import { checkProcess } from '../../../containerd/runc/create'
import { parsed, readSpec } from '../../../containerd/runc/state'
import type { OciProcess } from '../../../containerd/oci/types'
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { quote } from '../../go/strconv'
import type { Context } from '../../urfave/context'
import { rootOf } from './arguments'
import { bundleOf, idOf } from './container'
import { attendantOf } from './creation'
import { refuseStages } from './log'
import { onPipes } from './streams'
import { OwnTerminal } from './terminal'
import { statusOf } from './wait'

export function* execProcess(context: Context): Run<number> {
  const { sys } = context
  const id = yield* idOf(context)
  const root = rootOf(context)
  const { state, status } = yield* stateAndStatus(sys, root, id)
  if (status === 'stopped') throw new RuncError('cannot exec in a stopped container')
  if (status === 'paused' && !context.bool('ignore-paused')) throw new RuncError('cannot exec in a paused container (use --ignore-paused to override)')
  const path = context.string('process')
  if (path === '' && context.args.length === 1) throw new RuncError('process args cannot be empty')
  const process = path === '' ? yield* fromFlags(context, bundleOf(state.config.labels)) : yield* fromFile(context, path)
  const isDetached = context.bool('detach')
  const socket = context.string('console-socket') !== ''
  if (isDetached && process.terminal && !socket) throw new RuncError('cannot allocate tty if runc will detach without setting console socket')
  if ((!isDetached || !process.terminal) && socket) throw new RuncError('cannot use console socket if runc will not detach or allocate tty')
  if (!isDetached && process.terminal && ![0, 1, 2].some((fd) => sys.isatty(fd))) throw new RuncError('open /dev/tty: no such device or address')
  refuseStages(context)
  const terminal = new OwnTerminal(sys)
  const birth = (): Run<number> =>
    execIn(sys, { root, id, process, pidFile: context.string('pid-file'), attendant: attendantOf(context, terminal), ...(context.bool('ignore-paused') ? { paused: 'ignored' } : {}) })
  const life = (pid: number): Run<number> => statusOf(sys, pid)
  if (!isDetached) return yield* process.terminal ? terminal.during(birth, life) : onPipes(sys, birth, life)
  yield* birth()
  return 0
}

function* fromFile(context: Context, path: string): Run<OciProcess> {
  let text: string
  try {
    text = decode(yield* context.sys.readFile(path))
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new RuncError(`open ${path}: ${error.message.toLowerCase()}`)
  }
  const process: OciProcess = parsed(text)
  checkProcess(process)
  return process
}

const SETS = ['bounding', 'effective', 'permitted', 'ambient'] as const

function* fromFlags(context: Context, bundle: string): Run<OciProcess> {
  const spec = yield* readSpec(context.sys, bundle)
  const own = spec.process
  if (!own) throw new RuncError('process property must not be empty')
  const capabilities = { ...own.capabilities }
  for (const name of context.strings('cap')) for (const set of SETS) capabilities[set] = [...(capabilities[set] ?? []), name]
  const process: OciProcess = {
    ...own,
    args: context.args.slice(1),
    cwd: context.string('cwd') || own.cwd,
    env: [...(own.env ?? []), ...context.strings('env')],
    terminal: context.isSet('tty') ? context.bool('tty') : false,
    capabilities,
    noNewPrivileges: context.isSet('no-new-privs') ? context.bool('no-new-privs') : (own.noNewPrivileges ?? false),
    user: { ...own.user, ...user(context.string('user'), (yield* ownRunc(context.sys)).line), additionalGids: [...(own.user.additionalGids ?? []), ...context.strings('additional-gids').map(Number)] },
  }
  checkProcess(process)
  return process
}

function user(text: string, line: RuncRelease['line']): { readonly uid?: number; readonly gid?: number } {
  if (text === '') return {}
  const [uid = '', gid] = text.split(':')
  return { uid: id(uid, 'uid', line), ...(gid === undefined ? {} : { gid: id(gid, 'gid', line) }) }
}

function id(text: string, what: 'uid' | 'gid', line: RuncRelease['line']): number {
  if (!/^[+-]?\d+$/.test(text)) throw new RuncError(`${line === '1.1' ? `parsing ${text} as int for ${what} failed` : `bad ${what}`}: strconv.Atoi: parsing ${quote(text)}: invalid syntax`)
  return Number(text)
}
