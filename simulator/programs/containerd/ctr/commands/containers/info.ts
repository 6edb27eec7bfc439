/** ctr containers info: get info about a container, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { connect, loadContainer } from '../../client'
import { ownRelease, type Release } from '../../../../../containerd/release'
import { invalidArgument } from '../../../../../containerd/grpc'
import type { Container } from '../../../../../containerd/services'
import { MARSHAL, marshal } from '../../../../go/json'

export default command({
  name: 'info',
  usage: 'get info about a container',
  args: 'CONTAINER',
  flags: [
    bool('spec', 'only display the spec'),
  ],
  *run(context) {
    const id = context.arg(0)
    if (id === '') throw invalidArgument('container id must be provided')
    const container = yield* loadContainer(yield* connect(context), id)
    context.io.out(`${marshal(context.bool('spec') ? container.Spec : shown(container, yield* ownRelease(context.sys)), MARSHAL)}\n`)
  },
})

/** As encoding/json writes it: a map with nothing in it was never made, and bytes that are empty are left out. */
const shown = ({ Runtime, Labels, Extensions, SandboxID = '', ...rest }: Container, { line }: Release): object => ({
  ID: rest.ID,
  Labels: orNull(Labels),
  Image: rest.Image,
  Runtime: { Name: Runtime.Name, Options: Runtime.Options && { type_url: Runtime.Options.type_url, ...(Runtime.Options.value === '' ? {} : { value: Runtime.Options.value }) } },
  SnapshotKey: rest.SnapshotKey,
  Snapshotter: rest.Snapshotter,
  CreatedAt: rest.CreatedAt,
  UpdatedAt: rest.UpdatedAt,
  // A container can belong to a sandbox from 1.7 on, and the map of extensions is always made.
  ...(line === '1.6' ? { Extensions: orNull(Extensions) } : { Extensions, SandboxID }),
  Spec: rest.Spec,
})
const orNull = <T extends object>(map: T): T | null => (Object.keys(map).length === 0 ? null : map)
