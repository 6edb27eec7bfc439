/** Checkpoints and restores where no CRIU is installed: words of runc 1.1.5, and the directory that is left. */
import { expect, test } from 'vitest'
import { machineOf, sessionOn } from '../../../testing/scenario'

const node = () => sessionOn(machineOf('notes'), 'node01')
const START = 'ctr -n k8s.io run -d registry.k8s.io/pause:3.5 box; cd /tmp; runc --root /run/containerd/runc/k8s.io'
const RUNS_ON = 'container still running'
const ABSENT = 'CRIU version check failed: exec: "criu": executable file not found in $PATH'

test.each([
  ['checkpoint box', [RUNS_ON, ABSENT]],
  ['checkpoint --leave-running box', [ABSENT]],
  ['--criu /nope checkpoint box', [RUNS_ON, 'CRIU version check failed: fork/exec /nope: no such file or directory']],
  ['checkpoint --empty-ns pid box', [RUNS_ON, 'namespace "pid" is not supported']],
  ['checkpoint --manage-cgroups-mode hard box', ['Invalid manage cgroups mode']],
  ['checkpoint --page-server here box', ['Use --page-server ADDRESS:PORT to specify page server']],
  ['checkpoint --parent-path none box', ['invalid --parent-path: stat /tmp/checkpoint/none: no such file or directory']],
  ['restore other', ['JSON specification file config.json not found']],
])('runc %s', async (args, said) => {
  const session = node()
  const { stderr, code } = await session.run({ cmd: `${START} ${args}` })
  expect(stderr.trim().split('\n').map((line) => JSON.parse(/ msg=(".*")$/.exec(line)?.[1] ?? '""'))).toEqual(said)
  expect(code).toBe(1)
  expect((await session.run({ cmd: 'stat -c %A /tmp/checkpoint' })).stdout).toBe('drw-------\n')
})
