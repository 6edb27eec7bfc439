/** docker info (cli/command/system/info.go). */
import { bytesSize } from '../../../../go/units'
import { command } from '../../command'
import { inspected } from '../../templates'

interface Info {
  readonly [name: string]: unknown
  readonly DriverStatus: readonly (readonly [string, string])[]
  readonly Plugins: { readonly Volume: readonly string[]; readonly Network: readonly string[]; readonly Log: readonly string[] }
  readonly Runtimes: object
  readonly SecurityOptions: readonly string[]
  readonly MemTotal: number
  readonly ContainerdCommit: { readonly ID: string }
  readonly RuncCommit: { readonly ID: string }
  readonly InitCommit: { readonly ID: string }
}

export default command({
  flags: ['format'],
  *run(context) {
    const { io, flags } = context
    const info = (yield* context.call((docker) => docker.system.info())) as unknown as Info
    const format = flags.text('format') ?? ''
    if (format !== '') {
      io.out(inspected(format, { ...info, ClientInfo: { Debug: false, Context: 'default', Plugins: [], Warnings: null } }))
      return
    }
    const line = (words: string, value: unknown): string => ` ${words}: ${value}\n`
    io.out('Client:\n Context:    default\n Debug Mode: false\n\nServer:\n')
    io.out(line('Containers', info.Containers) + ['Running', 'Paused', 'Stopped'].map((name) => `  ${name}: ${info[`Containers${name}`]}\n`).join(''))
    io.out(line('Images', info.Images) + line('Server Version', info.ServerVersion) + line('Storage Driver', info.Driver) + info.DriverStatus.map(([name, value]) => `  ${name}: ${value}\n`).join(''))
    io.out(line('Logging Driver', info.LoggingDriver) + line('Cgroup Driver', info.CgroupDriver) + line('Cgroup Version', info.CgroupVersion))
    io.out(` Plugins:\n  Volume: ${info.Plugins.Volume.join(' ')}\n  Network: ${info.Plugins.Network.join(' ')}\n  Log: ${info.Plugins.Log.join(' ')}\n Swarm: inactive\n`)
    io.out(line('Runtimes', Object.keys(info.Runtimes).join(' ')) + line('Default Runtime', info.DefaultRuntime) + line('Init Binary', info.InitBinary))
    io.out(line('containerd version', info.ContainerdCommit.ID) + line('runc version', info.RuncCommit.ID) + line('init version', info.InitCommit.ID))
    io.out(` Security Options:\n${info.SecurityOptions.map((option) => {
      const [name = '', ...rest] = option.split(',').map((pair) => pair.split('=', 2))
      return `  ${name[1] ?? ''}\n${rest.map(([key = '', value = '']) => `   ${key.charAt(0).toUpperCase()}${key.slice(1)}: ${value}\n`).join('')}`
    }).join('')}`)
    io.out(line('Kernel Version', info.KernelVersion) + line('Operating System', info.OperatingSystem) + line('OSType', info.OSType) + line('Architecture', info.Architecture))
    io.out(line('CPUs', info.NCPU) + line('Total Memory', bytesSize(info.MemTotal)) + line('Name', info.Name) + line('ID', info.ID) + line('Docker Root Dir', info.DockerRootDir) + line('Debug Mode', info.Debug))
    io.out(`${line('Registry', info.IndexServerAddress)} Labels:\n${line('Experimental', info.ExperimentalBuild)} Insecure Registries:\n  127.0.0.0/8\n${line('Live Restore Enabled', info.LiveRestoreEnabled)}\n`)
  },
})
