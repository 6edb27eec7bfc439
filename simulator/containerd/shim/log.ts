/**
 * Where a process' output goes when its client gave a URI instead of FIFOs (`--log-uri`; pkg/process/io.go newPipeIO, createIO): a file, or a
 * program that reads it from its descriptors 3 and 4. A path alone is one of something that is there.
 */
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { makeDirectories } from '../files'
import type { Stdio } from '../services'

/** Why there is nowhere to write to, in the shim's words. */
export class LogError extends Error {}

export interface Place {
  readonly id: string
  readonly namespace: string
}

export interface LogUri {
  readonly scheme: string
  readonly path: string
  readonly query: string
}

export function logUri(text: string): LogUri {
  const [, scheme = 'fifo', path = text, query = ''] = /^(?:([a-z][a-z\d+.-]*):(?:\/\/[^/?#]*)?)([^?#]*)(?:\?([^#]*))?/i.exec(text) ?? []
  return { scheme, path, query }
}

/** The file, made with the directories above it. */
export function* openLogFile(sys: Sys, path: string): Run<number> {
  makeDirectories(sys, path.slice(0, path.lastIndexOf('/')))
  return yield* sys.open(path, { write: true, create: true, append: true, closeOnExec: true }, 0o644)
}

/** What a client has laid there; a URI is no path. */
export function* openPlace(sys: Sys, path: string): Run<number> {
  try {
    return yield* sys.open(path, { read: true, write: true, append: true, closeOnExec: true })
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new LogError(`failed to start io pipe copy: unable to copy pipes: containerd-shim: opening file "${path}" failed: open ${path}: ${error.message.toLowerCase()}`)
  }
}

/** `binary:///PROGRAM?ARGUMENT=VALUE`: reads standard output and error from 3 and 4, says by closing 5 that it is ready. Their writing ends. */
export function* startLogger(sys: Sys, { path, query }: LogUri, { id, namespace }: Place): Run<readonly [number, number]> {
  const fault = whyNot(sys, path)
  if (fault !== undefined) throw new LogError(`failed to create init process I/O: 1 error occurred:\n\t* failed to start binary process: fork/exec ${path}: ${fault}\n\n`)
  const [out, err, ready] = [sys.pipe(), sys.pipe(), sys.pipe()]
  for (const { read, write } of [out, err, ready]) for (const fd of [read, write]) sys.setCloseOnExec(fd, true)
  const env = new Map([['CONTAINER_ID', id], ['CONTAINER_NAMESPACE', namespace]])
  const args = query.split('&').filter((part) => part !== '').flatMap((part) => {
    const [name = '', value = ''] = part.split('=', 2)
    return [decodeURIComponent(name), decodeURIComponent(value)]
  })
  sys.fork(function* (child) {
    child.blockSignals(new Set())
    const nowhere = yield* child.open('/dev/null', { read: true, write: true })
    // Above what they become, so that none is closed by another's taking its place.
    const given = [nowhere, nowhere, nowhere, out.read, err.read, ready.write].map((fd) => child.dup(fd, FREE))
    for (const [fd, from] of given.entries()) child.dup2(from, fd)
    for (const fd of child.descriptors()) if (fd >= given.length) child.close(fd)
    return yield* child.exec(path, [path, ...args], env)
  })
  for (const fd of [out.read, err.read, ready.write]) sys.close(fd)
  yield* sys.read(ready.read, 1)
  sys.close(ready.read)
  return [out.write, err.write]
}

const FREE = 64

function whyNot(sys: Sys, path: string): string | undefined {
  try {
    return sys.stat(path).kind === 'file' && sys.access(path, { execute: true }) ? undefined : 'permission denied'
  } catch (error) {
    if (!isErrno(error)) throw error
    return error.message.toLowerCase()
  }
}

/** A program that takes both outputs is started once. */
export const hasLogger = ({ stdout, terminal }: Stdio): boolean => !terminal && logUri(stdout).scheme === 'binary'
