/** docker cp (cli/command/container/cp.go): a tar archive out of a container or into it, under the name that it is to have there (pkg/archive/copy.go). */
import { EngineError } from '../../../../../docker/services'
import { changes } from '../../../../../containerd/services/changes'
import { unpack } from '../../../../../containerd/services/diff'
import { readTar, type TarEntry, writeTar } from '../../../../../containerd/tar'
import { readToEnd } from '../../../../../kernel/read-to-end'
import { isErrno } from '../../../../../kernel/errno'
import type { Run } from '../../../../../kernel/run'
import { type Context, command, fromDaemon, Refused } from '../../command'

/** CONTAINER:PATH; a path of the node begins with `/` or `.`. */
function placeOf(text: string): { readonly container: string; readonly path: string } {
  const at = text.indexOf(':')
  if (at < 0 || text.startsWith('/') || text.startsWith('.')) return { container: '', path: text }
  return { container: text.slice(0, at), path: text.slice(at + 1) }
}

export default command({
  flags: [],
  *run(context) {
    const [from = '', to = ''] = context.args
    const [source, target] = [placeOf(from), placeOf(to)]
    if (source.container !== '' && target.container !== '') throw new Refused('copying between containers is not supported')
    if (source.container === '' && target.container === '') throw new Refused('must specify at least one container source')
    if (source.container !== '') yield* out(context, source, target.path)
    else yield* into(context, source.path, target)
  },
})

const baseOf = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) ?? ''

function* out(context: Context, { container, path }: { readonly container: string; readonly path: string }, to: string): Run {
  const { io } = context
  const { sys } = io
  let archive: { readonly bytes: Uint8Array; readonly kind: 'dir' | 'other' }
  try {
    archive = yield* context.call((docker) => docker.containers.archive(container, path))
  } catch (error) {
    if (!(error instanceof EngineError) || error.status !== 404) throw error
    throw new Refused(`Error: No such container:path: ${container}:${path}`)
  }
  if (to === '-') return io.out(archive.bytes)
  const there = kindOf(context, to)
  if (there === undefined && to.endsWith('/') && archive.kind !== 'dir') throw new Refused(`destination directory "${to}" must exist`)
  const base = baseOf(path) || '/'
  // Into a directory that is there, or in its place under a new name; `/.` means what is in it.
  const inner = /(^|\/)\.$/.test(path)
  const intoDirectory = there === 'dir'
  const root = intoDirectory ? to : (to.includes('/') ? to.slice(0, Math.max(1, to.lastIndexOf('/'))) : '.')
  const name = intoDirectory ? base : baseOf(to)
  for (const entry of readTar(archive.bytes)) {
    const rest = base === '/' || inner ? entry.name.replace(/^[^/]*\/?/, '') : entry.name.slice(entry.name.split('/')[0]?.length ?? 0)
    const renamed = inner && intoDirectory ? rest : `${name}${rest === '' || rest.startsWith('/') ? rest : `/${rest}`}`
    if (renamed === '') continue
    yield* unpack(sys, root, { ...entry, name: renamed, uid: sys.credentials.euid, gid: sys.credentials.egid })
  }
}

function kindOf({ io: { sys } }: Context, path: string): 'dir' | 'other' | undefined {
  try {
    return sys.stat(path).kind === 'dir' ? 'dir' : 'other'
  } catch (error) {
    if (!isErrno(error)) throw error
    return undefined
  }
}

function* into(context: Context, from: string, { container, path }: { readonly container: string; readonly path: string }): Run {
  const { io: { sys } } = context
  const extract = (directory: string, bytes: Uint8Array) => context.call((docker) => docker.containers.extract(container, directory, bytes))
  if (from === '-') {
    const bytes = yield* readToEnd(() => sys.read(0, 1 << 20))
    return yield* told(extract(path, bytes), container, path)
  }
  const kind = kindOf(context, from)
  if (kind === undefined) throw new Refused(`lstat ${from.startsWith('/') ? from : `${sys.getcwd()}/${from}`}: no such file or directory`)
  const there = yield* statOf(context, container, path)
  const intoDirectory = there === 'dir'
  if (!intoDirectory && kind === 'dir' && there === 'other') throw new Refused('cannot copy directory')
  const [directory, name] = intoDirectory ? [path, baseOf(from)] : [path.slice(0, Math.max(1, path.replace(/\/+$/, '').lastIndexOf('/'))), baseOf(path)]
  const inner = /(^|\/)\.$/.test(from)
  const { mode, uid, gid, mtime } = sys.stat(from)
  const bare = { mode, uid, gid, mtime: mtime.sec, target: '', rdev: 0, bytes: new Uint8Array() }
  const entries: TarEntry[] =
    kind === 'dir'
      ? [...(inner && intoDirectory ? [] : [{ ...bare, name, kind: 'dir' as const }]), ...(yield* changes(sys, '/nowhere', from)).map((entry) => ({ ...entry, name: inner && intoDirectory ? entry.name : `${name}/${entry.name}` }))]
      : [{ ...bare, name, kind: 'file', bytes: yield* sys.readFile(from) }]
  yield* told(extract(directory, writeTar(entries, 'numbers')), container, directory)
}

function* statOf(context: Context, container: string, path: string): Run<'dir' | 'other' | undefined> {
  try {
    return yield* context.call((docker) => docker.containers.statPath(container, path))
  } catch (error) {
    if (!(error instanceof EngineError) || error.status !== 404) throw error
    if (error.message.startsWith('No such container')) throw new Refused(fromDaemon(error))
    return undefined
  }
}

function* told(work: Run<void>, container: string, path: string): Run {
  try {
    yield* work
  } catch (error) {
    if (!(error instanceof EngineError) || error.status !== 404) throw error
    throw new Refused(`Error: No such container:path: ${container}:${path}`)
  }
}
