/** `docker top` (daemon/top_unix.go): the node's own ps, of which the container's processes are kept. */
import { findExecutable } from '../../containerd/shim/options'
import { decode } from '../../kernel/bytes'
import { readToEnd } from '../../kernel/read-to-end'
import type { Run } from '../../kernel/run'
import { MOBY } from '../context'
import type { Engine } from '../engine'
import { conflict, internal } from '../error'

export function* topOf(engine: Engine, text: string, args: readonly string[]): Run<{ Titles: string[]; Processes: string[][] }> {
  const { sys, containers } = engine
  const { ID, State } = containers.find(text)
  if (!State.Running) throw conflict(`Container ${ID} is not running`)
  const pids = new Set((yield* engine.containerd((c) => c.tasks.pids(MOBY, ID))).map(({ pid }) => String(pid)))
  const [titles = '', ...lines] = (yield* ps(engine, args.length > 0 ? args : ['-ef'])).split('\n').filter((line) => line !== '')
  const Titles = titles.trim().split(/\s+/)
  const at = Titles.indexOf('PID')
  if (at < 0) throw internal("Couldn't find PID field in ps output")
  const rows = lines.map((line) => {
    const words = line.trim().split(/\s+/)
    // The last column holds all that is left.
    return [...words.slice(0, Titles.length - 1), words.slice(Titles.length - 1).join(' ')]
  })
  sys.spend(lines.length)
  return { Titles, Processes: rows.filter((row) => pids.has(row[at] ?? '')) }
}

function* ps({ sys }: Engine, args: readonly string[]): Run<string> {
  const found = findExecutable(sys, 'ps')
  if ('failure' in found) throw internal(`Error running ps: ${found.failure}`)
  const [output, errors] = [sys.pipe(), sys.pipe()]
  const pid = sys.fork(function* (child) {
    const nowhere = yield* child.open('/dev/null', { read: true })
    for (const [fd, from] of [nowhere, output.write, errors.write].entries()) child.dup2(from, fd)
    for (const fd of child.descriptors()) if (fd > 2) child.setCloseOnExec(fd, true)
    return yield* child.exec(found.path, ['ps', ...args], child.env)
  })
  for (const fd of [output.write, errors.write]) sys.close(fd)
  const text = decode(yield* readToEnd(() => sys.read(output.read, 65_536)))
  const said = decode(yield* readToEnd(() => sys.read(errors.read, 65_536)))
  for (const fd of [output.read, errors.read]) sys.close(fd)
  const ended = yield* sys.wait(pid)
  if (ended?.status.kind === 'exited' && ended.status.code !== 0) throw internal(`Error running ps: exit status ${ended.status.code}: ${said.trim()}`)
  return text
}
