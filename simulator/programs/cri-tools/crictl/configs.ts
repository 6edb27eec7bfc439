/** Sandbox and container configurations from files in JSON or YAML (util.go loadPodSandboxConfig, loadContainerConfig). */
import type { ContainerConfig, PodSandboxConfig } from '../../../containerd/cri/services'
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { DecodeError, decodeMessage } from '../../go/decode'
import { Failure } from '../../urfave/context'
import { MESSAGES } from './messages'

function* load(sys: Sys, path: string, message: 'PodSandboxConfig' | 'ContainerConfig'): Run<object> {
  let text: string
  try {
    text = decode(yield* sys.readFile(path))
  } catch (error) {
    if (isErrno(error, 'ENOENT')) throw new Failure(`config at ${path} not found`)
    if (isErrno(error)) throw new Failure(`${error.code === 'EISDIR' ? 'read' : 'open'} ${path}: ${error.message.toLowerCase()}`)
    throw error
  }
  try {
    return decodeMessage(text, message, { messages: MESSAGES, pkg: 'v1' })
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    throw new Failure(error.message)
  }
}

export function* loadPodConfig(sys: Sys, path: string): Run<PodSandboxConfig> {
  return yield* load(sys, path, 'PodSandboxConfig')
}

export function* loadContainerConfig(sys: Sys, path: string): Run<ContainerConfig> {
  return yield* load(sys, path, 'ContainerConfig')
}
