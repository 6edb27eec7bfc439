/** docker version (cli/command/system/version.go). */
import { RELEASE } from '../../../../docker/release'
import type { Shown } from '../../../../docker/services'
import { command, Refused } from '../command'
import { inspected } from '../templates'

interface Component {
  readonly Name: string
  readonly Version: string
  readonly Details: Readonly<Record<string, string>>
}

export default command({
  flags: ['format'],
  *run(context) {
    const { io, flags } = context
    const client = {
      Platform: { Name: '' }, CloudIntegration: '', Version: RELEASE.version, ApiVersion: RELEASE.api, DefaultAPIVersion: RELEASE.api, GitCommit: RELEASE.clientCommit, GoVersion: RELEASE.go, Os: 'linux', Arch: 'amd64', BuildTime: RELEASE.built,
      Context: 'default', Experimental: true,
    }
    let server: Shown | undefined
    let why: unknown
    try {
      server = yield* context.call((docker) => docker.system.version())
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      why = error
    }
    const format = flags.text('format') ?? ''
    if (format !== '') io.out(inspected(format, { Client: client, Server: server ?? null }))
    else {
      const rows: readonly (readonly [string, string])[] = [
        ['Version:', client.Version], ['API version:', client.ApiVersion], ['Go version:', client.GoVersion], ['Git commit:', client.GitCommit], ['Built:', client.BuildTime], ['OS/Arch:', 'linux/amd64'], ['Context:', 'default'],
        ['Experimental:', 'true'],
      ]
      io.out(`Client:\n${rows.map(([name, value]) => ` ${name.padEnd(18)} ${value}\n`).join('')}`)
      const [engine, ...others] = ((server?.Components ?? []) as readonly Component[])
      if (engine) {
        const { ApiVersion = '', MinAPIVersion = '', GoVersion = '', GitCommit = '' } = engine.Details
        const lines: readonly (readonly [string, string])[] = [
          ['Version:', engine.Version], ['API version:', `${ApiVersion} (minimum version ${MinAPIVersion})`], ['Go version:', GoVersion], ['Git commit:', GitCommit], ['Built:', RELEASE.built], ['OS/Arch:', 'linux/amd64'],
          ['Experimental:', 'false'],
        ]
        io.out(`\nServer:\n Engine:\n${lines.map(([name, value]) => `  ${name.padEnd(17)} ${value}\n`).join('')}`)
        for (const { Name, Version, Details } of others) io.out(` ${Name}:\n  ${'Version:'.padEnd(17)} ${Version}\n  ${'GitCommit:'.padEnd(17)} ${Details.GitCommit ?? ''}\n`)
      }
    }
    if (why !== undefined) throw why
  },
})
