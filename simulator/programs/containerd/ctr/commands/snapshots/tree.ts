/** ctr snapshots tree: display tree view of snapshot branches, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { connect } from '../../client'
import { snapshotter } from '../../snapshots'

export default command({
  name: 'tree',
  usage: 'display tree view of snapshot branches',
  *run(context) {
    const client = yield* connect(context)
    const snapshots = yield* client.call((s, ns) => s.snapshots.list(ns, snapshotter(context)))
    function show(name: string, level: number): void {
      context.io.out(`${'  '.repeat(level)}${level > 0 ? '\\_' : ''} ${name}\n`)
      for (const child of snapshots) if (child.Parent === name) show(child.Name, level + 1)
    }
    // Roots in the order in which they are first named, be it as a parent.
    const named = new Set(snapshots.flatMap((s) => (s.Parent ? [s.Name, s.Parent] : [s.Name])))
    for (const name of named) if (!snapshots.find((s) => s.Name === name)?.Parent) show(name, 0)
  },
})
