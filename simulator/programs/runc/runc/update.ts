/** `runc update`: new limits, from flags or a file (update.go). */
import { RuncError, stateAndStatus } from '../../../containerd/runc/index'
import { setResources } from '../../../containerd/runc/cgroups'
import { parsed } from '../../../containerd/runc/state'
import type { OciResources } from '../../../containerd/oci/types'
import { concat, decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { quote } from '../../go/strconv'
import { parseSize } from '../../go/units'
import type { Context } from '../../urfave/context'
import { rootOf } from './arguments'
import { idOf } from './container'
import { report } from './log'

export function* updateContainer(context: Context): Run {
  const { sys } = context
  const { state, status } = yield* stateAndStatus(sys, rootOf(context), yield* idOf(context))
  const from = context.string('resources')
  const wanted = from === '' ? fromFlags(context) : parsed<OciResources>(yield* textOf(context, from))
  if (from === '' && ['kernel-memory', 'kernel-memory-tcp'].some((name) => size(context, name) !== 0)) yield* report(context, { level: 'warning', message: 'Kernel memory settings are ignored and will be removed', by: 'kernelMemory' })
  if (context.string('l3-cache-schema') !== '') throw new RuncError('Intel RDT/CAT: l3 cache schema is not enabled')
  if (context.string('mem-bw-schema') !== '') throw new RuncError('Intel RDT/MBA: memory bandwidth schema is not enabled')
  if (status === 'stopped') throw new RuncError('container not running')
  try {
    yield* setResources(sys, state.cgroup_paths, wanted)
  } catch (error) {
    if (!(error instanceof RuncError)) throw error
    yield* report(context, { level: 'warning', message: `Setting back cgroup configs failed due to error: ${error.message}, your state.json and actual configs might be inconsistent.`, by: 'setBack' })
    throw error
  }
}

function fromFlags(context: Context): OciResources {
  const unsigned = (name: string): number => whole(context, name, 'ParseUint')
  const signed = (name: string): number => whole(context, name, 'ParseInt')
  return {
    // In the order in which runc reads them: the first that is wrong is told.
    cpu: {
      cpus: context.string('cpuset-cpus'), mems: context.string('cpuset-mems'), period: unsigned('cpu-period'), realtimePeriod: unsigned('cpu-rt-period'), shares: unsigned('cpu-share'),
      quota: signed('cpu-quota'), realtimeRuntime: signed('cpu-rt-runtime'),
    },
    memory: { limit: size(context, 'memory'), swap: size(context, 'memory-swap'), reservation: size(context, 'memory-reservation') },
    blockIO: { weight: context.number('blkio-weight') % 65_536 },
    pids: { limit: context.number('pids-limit') },
  }
}

function whole(context: Context, name: string, by: 'ParseUint' | 'ParseInt'): number {
  const text = context.string(name)
  if (text === '') return 0
  if (!(by === 'ParseUint' ? /^\d+$/ : /^[+-]?\d+$/).test(text)) throw new RuncError(`invalid value for ${name}: strconv.${by}: parsing ${quote(text)}: invalid syntax`)
  return Number(text)
}

function size(context: Context, name: string): number {
  const text = context.string(name)
  if (text === '') return 0
  if (text === '-1') return -1
  const bytes = parseSize(text)
  if (bytes === undefined) throw new RuncError(`invalid value for ${name}: invalid size: '${text}'`)
  return bytes
}

function* textOf(context: Context, path: string): Run<string> {
  const { sys } = context
  if (path === '-') {
    const parts: Uint8Array[] = []
    for (;;) {
      const part = yield* sys.read(0, 32_768)
      if (part.length === 0) return decode(concat(parts))
      parts.push(part)
    }
  }
  try {
    return decode(yield* sys.readFile(path))
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new RuncError(`open ${path}: ${error.message.toLowerCase()}`)
  }
}
