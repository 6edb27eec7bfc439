/** containerd: the container runtime's daemon. */
import { runContainerd } from '../../../containerd/daemon'
import { ownRelease } from '../../../containerd/release'
import { program } from '../../program'

export default program({
  threads: 9,
  summary: 'the container runtime: images, snapshots, containers, tasks, and the CRI for the kubelet',
  size: 48_168_072,
  *run(io) {
    if (io.args.includes('--version') || io.args.includes('-v')) {
      const { module, version, revision } = yield* ownRelease(io.sys)
      io.out(`containerd ${module} ${version} ${revision}\n`)
      return 0
    }
    if (io.args.length > 0 && !io.args.every((a) => a.startsWith('-'))) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    return yield* runContainerd(io.sys)
  },
})
