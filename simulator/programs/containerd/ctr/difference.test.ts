/** Layers between any two snapshots, compared with ctr 1.6.20's. */
import { expect, test } from 'vitest'
import { machineOf, sessionOn } from '../../../testing/scenario'

const node = () => sessionOn(machineOf('notes'), 'node01')

test('two snapshots, either way round, one alone, and a view', async () => {
  const session = node()
  const snapshots = 'ctr -n test snapshots'
  const run = async (cmd: string) => (await session.run({ cmd })).stdout
  await session.run({ cmd: `cd /tmp; mkdir m; ${snapshots} prepare a; $(${snapshots} mounts m a); mkdir m/etc; echo 1 > m/etc/one; echo 2 > m/etc/two; echo 3 > m/top; umount m; ${snapshots} commit base a` })
  await session.run({ cmd: `${snapshots} prepare b base; $(${snapshots} mounts m b); rm m/etc/one; echo x > m/etc/two; echo new > m/new; umount m` })
  expect(await run(`${snapshots} diff b | tar tzf -`)).toBe('etc/\netc/.wh.one\netc/two\nnew\n')
  expect(await run(`${snapshots} diff base b | tar tzf -`)).toBe('etc/\netc/.wh.one\netc/two\nnew\n')
  expect(await run(`${snapshots} diff b base | tar tzf -`)).toBe('etc/\netc/one\netc/two\n.wh.new\n')
  expect(await run(`${snapshots} diff --media-type application/vnd.oci.image.layer.v1.tar base | tar tf -`)).toBe('etc/\netc/one\netc/two\ntop\n')
  expect(await run(`${snapshots} ls | awk '{print $1, $3}'`)).toBe('KEY KIND\nb Active\nbase \n')
  const { stderr } = await session.run({ cmd: `${snapshots} view v base; ${snapshots} diff v` })
  expect(stderr).toMatch(/^ctr: failed to create snapshot: parent "test\/\d+\/v" is not committed snapshot: invalid argument\n$/)
})

test('a shim answers for its container', async () => {
  const session = node()
  await session.run({ cmd: 'ctr -n k8s.io run -d registry.k8s.io/pause:3.5 box' })
  expect(JSON.parse((await session.run({ cmd: 'ctr -n k8s.io shim --id box state' })).stdout)).toMatchObject({ id: 'box', status: 2, exited_at: '0001-01-01T00:00:00Z' })
  expect((await session.run({ cmd: 'ctr -n k8s.io shim --id box start' })).stderr).toBe('ctr: rpc error: code = NotFound desc = container not created: not found\n')
  expect((await session.run({ cmd: 'ctr -n k8s.io shim --id box exec' })).stderr).toBe('ctr: exec id must be provided\n')
})
