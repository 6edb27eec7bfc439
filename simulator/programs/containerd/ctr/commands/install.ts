/** ctr install: install a new package, as ctr 1.6.20 has it. */
import { command } from '../../../urfave/command'
import { bool, string } from '../../../urfave/flag'
import { connect } from '../client'
import { readManifest } from '../image'
import { exists } from '../../../../containerd/files'
import { unpack } from '../../../../containerd/services/diff'
import { readTar } from '../../../../containerd/tar'
import type { Run } from '../../../../kernel/run'
import { type Context, Failure } from '../../../urfave/context'

export default command({
  name: 'install',
  usage: 'install a new package',
  args: '<ref>',
  description: 'install a new package',
  flags: [
    bool('libs, l', 'install libs from the image'),
    bool('replace, r', 'replace any binaries or libs in the opt directory'),
    string('path', 'set an optional install path other than the managed opt directory'),
  ],
  *run(context) {
    const client = yield* connect(context)
    const image = yield* client.call((s, ns) => s.images.get(ns, context.arg(0)))
    const { layers } = yield* readManifest(client, image)
    const directories = context.bool('libs') ? ['bin', 'lib'] : ['bin']
    for (const { digest } of layers) yield* installLayer(context, yield* client.call((s, ns) => s.content.read(ns, digest)), directories)
  },
})

/** Where containerd's opt plugin keeps what is installed. */
const OPT = '/opt/containerd'

/** What lies right in the wanted directories, and nothing else (install.go). */
function* installLayer(context: Context, layer: Uint8Array, directories: readonly string[]): Run {
  const { sys } = context
  const root = context.string('path') || OPT
  for (const entry of readTar(layer)) {
    const name = entry.name.replace(/\/$/, '')
    const directory = name.slice(0, Math.max(name.lastIndexOf('/'), 0))
    if (!directories.includes(directory)) continue
    if (!context.bool('replace') && exists(sys, `${root}/${name}`)) throw new Failure(`cannot replace ${name} in ${root}`)
    if (!exists(sys, root)) throw new Failure(`mkdir ${root}/${directory}: no such file or directory`)
    yield* unpack(sys, root, entry)
  }
}
