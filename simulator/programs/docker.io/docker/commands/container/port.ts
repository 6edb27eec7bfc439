/** docker port (cli/command/container/port.go). */
import { command, needed, Refused } from '../../command'

interface Found {
  readonly NetworkSettings: { readonly Ports: Readonly<Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[] | null>> }
}

export default command({
  flags: [],
  *run(context) {
    const { io, args: [name = '', wanted] } = context
    const { NetworkSettings: { Ports } } = (yield* needed('container', name, () => context.call((docker) => docker.containers.inspect(name)))) as unknown as Found
    if (wanted === undefined) {
      for (const [port, bindings] of Object.entries(Ports)) for (const { HostIp, HostPort } of bindings ?? []) io.out(`${port} -> ${HostIp}:${HostPort}\n`)
      return
    }
    const key = wanted.includes('/') ? wanted : `${wanted}/tcp`
    const bindings = Ports[key]
    if (!bindings) throw new Refused(`Error: No public port '${key}' published for ${name}`)
    for (const { HostIp, HostPort } of bindings) io.out(`${HostIp}:${HostPort}\n`)
  },
})
