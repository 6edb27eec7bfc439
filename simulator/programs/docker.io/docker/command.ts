/** A docker command: one file in commands/, found by its place. Its options and the number of its words are those of its help (texts.ts). */
import { DOCKER_SOCKET, type Docker, dialDocker, EngineError, NotSimulated } from '../../../docker/services'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Flags } from '../../cobra/flags'
import type { Io } from '../../program'

/** What is printed on standard error before the command ends with a status. */
export class Refused extends Error {
  readonly code: number
  constructor(message: string, code = 1) {
    super(message)
    this.code = code
  }
}

export interface Context {
  readonly io: Io
  readonly flags: Flags
  /** The words after the command and its options. */
  readonly args: readonly string[]
  /** `docker run`, as it was called. */
  readonly words: string
  /** A request to the daemon. What it refuses is thrown as EngineError. */
  call<T>(work: (docker: Docker) => Run<T>): Run<T>
}

export interface DockerCommand {
  /** Options that it heeds; another one of its help is not simulated. */
  readonly flags: readonly string[]
  /** All that follows the first word is not docker's. */
  readonly reading?: 'until first word'
  run(context: Context): Run<number | void>
}

export const command = (spec: DockerCommand): DockerCommand => spec

/** Where the daemon is: -H, DOCKER_HOST, or the socket. */
export function hostOf(io: Io, flags: Flags): string {
  return flags.text('host') ?? (io.env('DOCKER_HOST') || `unix://${DOCKER_SOCKET}`)
}

export function* callDaemon<T>({ sys }: Io, host: string, work: (docker: Docker) => Run<T>): Run<T> {
  const path = /^unix:\/\/(.*)$/.exec(host)?.[1]
  if (path === undefined) throw new Refused(/^(tcp|ssh|http|npipe|fd):\/\//.test(host) ? `docker --host ${host}: not simulated in this lab` : `unable to resolve docker endpoint: unable to parse docker host \`${host}\``, /^(tcp|ssh)/.test(host) ? 125 : 1)
  try {
    return yield* sys.call(dialDocker(sys, path), work)
  } catch (error) {
    if (error instanceof NotSimulated) throw new Refused(`${error.message}: not simulated in this lab`, 125)
    if (!isErrno(error) || error.code === 'EINTR') throw error
    if (error.code === 'EACCES') throw new Refused(`Got permission denied while trying to connect to the Docker daemon socket at ${host}: Get "http://%2F${path.slice(1).replaceAll('/', '%2F')}/v1.24/version": dial unix ${path}: connect: permission denied`)
    throw new Refused(`Cannot connect to the Docker daemon at ${host}. Is the docker daemon running?`)
  }
}

/** What the client makes of the daemon's words. */
export const fromDaemon = (error: EngineError): string => `Error response from daemon: ${error.message}`

/** Where the client says itself what is not there (client/errors.go objectNotFoundError). */
export function* needed<T>(kind: string, name: string, work: () => Run<T>): Run<T> {
  try {
    return yield* work()
  } catch (error) {
    if (error instanceof EngineError && error.status === 404) throw new Refused(`Error: No such ${kind}: ${name}`)
    throw error
  }
}

/** The same for each word; what went wrong is told at the end, and the status is 1. */
export function* each(context: Context, names: readonly string[], work: (name: string) => Run<void>): Run<number> {
  const { io } = context
  const errors: string[] = []
  for (const name of names) {
    try {
      yield* work(name)
    } catch (error) {
      if (error instanceof EngineError) errors.push(fromDaemon(error))
      else if (error instanceof Refused && error.code === 1) errors.push(error.message)
      else throw error
    }
    yield* io.flush()
  }
  if (errors.length === 0) return 0
  io.err(`${errors.join('\n')}\n`)
  return 1
}

/** Asked for what is so already. */
export function* unlessSo(work: Run<void>): Run<void> {
  try {
    yield* work
  } catch (error) {
    if (!(error instanceof EngineError) || error.status !== 304) throw error
  }
}

/** `--filter name=value`s by their names. */
export function filtersOf({ flags }: Context): Record<string, string[]> {
  const filters: Record<string, string[]> = {}
  for (const text of flags.all('filter')) {
    const at = text.indexOf('=')
    if (at < 0) throw new Refused(`invalid argument ${JSON.stringify(text)} for "${flags.words('filter')}" flag: bad format of filter (expected name=value)`, 125)
    const name = text.slice(0, at).trim().toLowerCase()
    filters[name] = [...(filters[name] ?? []), text.slice(at + 1).trim()]
  }
  return filters
}
