/** A container as `state` and `list` show it (list.go containerState, state.go). */
import { makeRoot } from '../../../containerd/runc/create'
import { RuncError, stateAndStatus } from '../../../containerd/runc/index'
import { ownRunc } from '../../../containerd/runc/release'
import { readSpec, type RuncStatus } from '../../../containerd/runc/state'
import type { OciSpec } from '../../../containerd/oci/types'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Context } from '../../urfave/context'
import { rootOf } from './arguments'

export interface ShownContainer {
  readonly ociVersion: string
  readonly id: string
  readonly pid: number
  readonly status: RuncStatus
  readonly bundle: string
  readonly rootfs: string
  readonly created: string
  readonly annotations?: Record<string, string>
  readonly owner: string
}

/** The id that the first argument names, in the form that libcontainer takes (factory_linux.go validateID). */
export function* idOf(context: Context): Run<string> {
  const id = context.arg(0)
  if (id === '') throw new RuncError('container id cannot be empty')
  checkId(id)
  const { sys } = context
  if ((yield* ownRunc(sys)).line === '1.1') makeRoot(sys, rootOf(context))
  return id
}

function checkId(id: string): void {
  if (!/^[\w+.-]+$/.test(id) || id === '.' || id === '..') throw new RuncError('invalid container ID format')
}

export const bundleOf = (labels: readonly string[]): string => labels.find((label) => label.startsWith('bundle='))?.slice('bundle='.length) ?? ''

/** What is known of a container; its specification is that of its bundle, where that still is. */
export function* shown(context: Context, id: string, owner: string): Run<ShownContainer> {
  const { sys } = context
  const { state, status } = yield* stateAndStatus(sys, rootOf(context), id)
  const bundle = bundleOf(state.config.labels)
  const spec = yield* specOf(context, bundle)
  return {
    ociVersion: spec?.ociVersion ?? '1.0.2-dev', id: state.id, pid: status === 'stopped' ? 0 : state.init_process_pid, status, bundle, rootfs: state.config.rootfs, created: state.created,
    ...(spec?.annotations ? { annotations: spec.annotations } : {}), owner,
  }
}

function* specOf(context: Context, bundle: string): Run<OciSpec | undefined> {
  try {
    return yield* readSpec(context.sys, bundle)
  } catch (error) {
    if (error instanceof RuncError || isErrno(error)) return undefined
    throw error
  }
}
