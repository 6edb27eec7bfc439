/** The frame of a CNI plugin (containernetworking/cni pkg/skel): command from the environment, configuration on standard input, result or error as JSON. */
import { decode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import { inNetns as visit } from '../../kernel/net/visit'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { type Io, type ProgramModule, program } from '../program'
import { WrongShape } from '../../cni/shape'
import { CNI_ERRORS, type CniResult, type PluginConfig, pluginConfig } from '../../cni/types'

const VERSIONS = ['0.1.0', '0.2.0', '0.3.0', '0.3.1', '0.4.0', '1.0.0'] as const
/** Debian builds them without one. */
const PLUGINS_VERSION = 'version unknown'

/** Thrown by a plugin; printed on standard output. */
export class CniFailure {
  readonly code: number
  readonly message: string
  constructor(message: string, code: number = CNI_ERRORS.plugin) {
    this.code = code
    this.message = message
  }
}

export interface Request {
  readonly io: Io
  readonly sys: Sys
  readonly containerId: string
  readonly netns: string
  readonly ifName: string
  readonly config: PluginConfig
  /** The text of the configuration, to hand on to the address plugin. */
  readonly input: string
}

export interface PluginSpec {
  readonly name: string
  readonly summary: string
  add(request: Request): Run<CniResult>
  del(request: Request): Run
}

export const cniPlugin = (spec: PluginSpec): ProgramModule =>
  program({
    threads: 4,
    paths: [`/usr/lib/cni/${spec.name}`],
    summary: spec.summary,
    *run(io) {
      const command = io.env('CNI_COMMAND')
      if (command === undefined) {
        io.err(`CNI ${spec.name} plugin ${PLUGINS_VERSION}\nCNI protocol versions supported: ${VERSIONS.join(', ')}\n`)
        return 0
      }
      let version = '1.0.0'
      if (command === 'VERSION') {
        io.out(`${JSON.stringify({ cniVersion: version, supportedVersions: VERSIONS })}\n`)
        return 0
      }
      try {
        const input = yield* readInput(io)
        const value = parseJson(input)
        const config = configOf(value)
        version = config.cniVersion ?? '0.1.0'
        const request = { io, sys: io.sys, containerId: need(io, 'CNI_CONTAINERID'), netns: io.env('CNI_NETNS') ?? '', ifName: need(io, 'CNI_IFNAME'), config, input }
        if (command === 'ADD') {
          const result = yield* spec.add(request)
          io.out(`${JSON.stringify(result, null, 4)}`)
        } else if (command === 'DEL') yield* spec.del(request)
        else if (command !== 'CHECK') throw new CniFailure(`unknown CNI_COMMAND: ${command}`, CNI_ERRORS.invalidEnvironment)
        return 0
      } catch (thrown) {
        const failure = thrown instanceof CniFailure ? thrown : isErrno(thrown) ? new CniFailure(thrown.message.toLowerCase(), CNI_ERRORS.internal) : undefined
        if (!failure) throw thrown
        io.out(`${JSON.stringify({ cniVersion: version, code: failure.code, msg: failure.message }, null, 4)}`)
        return 1
      }
    },
  })

function need(io: Io, name: string): string {
  const value = io.env(name)
  if (!value) throw new CniFailure(`required env variables [${name}] missing`, CNI_ERRORS.invalidEnvironment)
  return value
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new CniFailure('error parsing configuration', CNI_ERRORS.decoding)
  }
}

function configOf(value: unknown): PluginConfig {
  try {
    return pluginConfig(value, 'NetConf')
  } catch (error) {
    if (error instanceof WrongShape) throw new CniFailure(`failed to load netconf: ${error.message}`, CNI_ERRORS.decoding)
    throw error
  }
}

function* readInput(io: Io): Run<string> {
  let text = ''
  for (;;) {
    const part = yield* io.sys.read(0, 65536)
    if (part.length === 0) return text
    text += decode(part)
  }
}

/** Runs `work` inside another network namespace and comes back. */
export function* inNetns<T>(sys: Sys, path: string, work: (home: number) => Run<T> | T): Run<T> {
  try {
    sys.stat(path)
  } catch (error) {
    if (isErrno(error)) throw new CniFailure(`failed to open netns "${path}": failed to Statfs "${path}": ${error.message.toLowerCase()}`, CNI_ERRORS.internal)
    throw error
  }
  return yield* visit(sys, path, work)
}
