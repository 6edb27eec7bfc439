/** A task's checkpoint: CRIU writes it, which this machine does not have (runtime/v2/runc, go-runc Checkpoint; libcontainer criu_linux.go). Seen with containerd 1.6.20. */
import type { Client } from './client'
import { exists } from '../../../containerd/files'
import { bundleOf } from '../../../containerd/shim/protocol'
import type { TaskStatus } from '../../../containerd/services'
import { Failure } from '../../urfave/context'

const DIRECTORIES = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']

/** What runc says, by way of the shim; the client pauses the task meanwhile, and lets it go on again. */
export function checkpointFailure(client: Client, id: string, status: TaskStatus): Failure | undefined {
  if (status !== 'RUNNING' && status !== 'PAUSED') return new Failure(`cannot pause a ${status.toLowerCase()} container: unknown`)
  const isInstalled = DIRECTORIES.some((directory) => exists(client.sys, `${directory}/criu`))
  if (isInstalled) return undefined
  return new Failure(`runc did not terminate successfully: exit status 1: CRIU version check failed: exec: "criu": executable file not found in $PATH path= ${bundleOf(client.ns, id)}/criu-dump.log: unknown`)
}
