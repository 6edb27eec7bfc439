/** ctr images export: export images, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, strings } from '../../../../urfave/flag'
import { connect } from '../../client'
import { Failure } from '../../../../urfave/context'
import { exportArchive } from '../../archive/export'
import { checkPlatform } from '../../platform'
import { quote } from '../../../../go/strconv'
import { isErrno } from '../../../../../kernel/errno'
import type { Run } from '../../../../../kernel/run'
import type { Sys } from '../../../../../kernel/sys'

export default command({
  name: 'export',
  usage: 'export images',
  args: '[flags] <out> <image> ...',
  description: `Export images to an OCI tar archive.

Tar output is formatted as an OCI archive, a Docker manifest is provided for the platform.
Use '--skip-manifest-json' to avoid including the Docker manifest.json file.
Use '--platform' to define the output platform.
When '--all-platforms' is given all images in a manifest list must be available.
`,
  flags: [
    bool('skip-manifest-json', 'do not add Docker compatible manifest.json to archive'),
    bool('skip-non-distributable', 'do not add non-distributable blobs such as Windows layers to archive'),
    strings('platform', 'Pull content from a specific platform'),
    bool('all-platforms', 'exports content from all platforms'),
  ],
  *run(context) {
    const [out = '', ...names] = context.args
    if (out === '' || names.length === 0) throw new Failure('please provide both an output filename and an image reference to export')
    for (const text of context.strings('platform')) checkPlatform(text, (given, why) => new Failure(`invalid platform ${quote(given)}: ${why}`))
    const client = yield* connect(context)
    if (out !== '-') yield* createFile(context.sys, out)
    const archive = yield* exportArchive(client, names, context.bool('skip-manifest-json') ? 'untagged' : 'tagged')
    if (out === '-') context.io.out(archive)
    else yield* context.sys.writeFile(out, archive, { mode: 0o644 })
  },
})

/** The file is made before the images are looked at. */
function* createFile(sys: Sys, path: string): Run {
  try {
    yield* sys.writeFile(path, new Uint8Array(0), { mode: 0o644 })
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Failure(`open ${path}: ${error.message.toLowerCase()}`)
  }
}
