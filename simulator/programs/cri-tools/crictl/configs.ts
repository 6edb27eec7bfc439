/** Sandbox and container configurations from files in JSON or YAML (util.go loadPodSandboxConfig, loadContainerConfig). */
import { parse } from 'yaml'
import type { ContainerConfig, PodSandboxConfig } from '../../../containerd/cri/services'
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { Failure } from '../../urfave/context'

function* load(sys: Sys, path: string): Run<object> {
  let text: string
  try {
    text = decode(yield* sys.readFile(path))
  } catch (error) {
    if (isErrno(error, 'ENOENT')) throw new Failure(`config at ${path} not found`)
    if (isErrno(error)) throw new Failure(`open ${path}: ${error.message.toLowerCase()}`)
    throw error
  }
  if (text.trim() === '') throw new Failure('EOF')
  let value: unknown
  try {
    value = /^\s*\{/.test(text) ? JSON.parse(text) : parse(text)
  } catch (error) {
    throw new Failure(`error converting YAML to JSON: yaml: ${error instanceof Error ? error.message : ''}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Failure(`json: cannot unmarshal ${typeof value === 'string' ? 'string' : Array.isArray(value) ? 'array' : typeof value} into Go value of type v1.PodSandboxConfig`)
  }
  return value
}

/** The parser takes what the messages name; an unknown field is ignored, as encoding/json does. */
export function* loadPodConfig(sys: Sys, path: string): Run<PodSandboxConfig> {
  return yield* load(sys, path)
}

export function* loadContainerConfig(sys: Sys, path: string): Run<ContainerConfig> {
  return yield* load(sys, path)
}
