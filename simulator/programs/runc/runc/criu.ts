/** What `checkpoint` and `restore` look at before CRIU is asked, and CRIU's absence (checkpoint.go, restore.go; libcontainer criu_linux.go). What CRIU writes is not simulated. */
import { exists, makeDirectories } from '../../../containerd/files'
import { RuncError } from '../../../containerd/runc/index'
import { findExecutable } from '../../../containerd/shim/options'
import type { Context } from '../../urfave/context'
import { absolute } from './arguments'
import { refuseStages } from './log'

/** The directory for images, made where it is not; the path of those before it is relative to it. */
export function prepareImages(context: Context): void {
  const images = absolute(context, context.string('image-path') || 'checkpoint')
  makeDirectories(context.sys, images, 0o600)
  const parent = context.string('parent-path')
  if (parent === '') return
  if (parent.startsWith('/')) throw new RuncError('--parent-path must be relative')
  if (!exists(context.sys, `${images}/${parent}`)) throw new RuncError(`invalid --parent-path: stat ${images}/${parent}: no such file or directory`)
}

const CGROUP_MODES = ['', 'soft', 'full', 'strict']

/** Mistakes that end the program on the spot. */
export function checkModes(context: Context): void {
  const server = context.string('page-server')
  const [, address, port = ''] = /^(.+):(.*)$/.exec(server) ?? []
  if (server !== '' && (!address || port === '')) throw new RuncError('Use --page-server ADDRESS:PORT to specify page server')
  if (server !== '' && !/^[+-]?\d+$/.test(port)) throw new RuncError('Invalid port number')
  if (!CGROUP_MODES.includes(context.string('manage-cgroups-mode'))) throw new RuncError('Invalid manage cgroups mode')
}

/** Only a network can be made without what was in it. */
export function checkEmptyNamespaces(context: Context): void {
  for (const name of context.strings('empty-ns')) if (name !== 'network') throw new RuncError(`namespace "${name}" is not supported`)
}

/** Ends with why there is no CRIU, or with what the lab does not simulate of it. */
export function askCriu(context: Context, what: string): never {
  refuseStages(context)
  const found = findExecutable(context.sys, context.string('criu'))
  if ('failure' in found) throw new RuncError(`CRIU version check failed: ${found.failure}`)
  return context.refuse(what)
}
