/** ipcmk(1) of util-linux 2.38.1. */
import { command } from '../command'
import { HELP } from './help'

const SUFFIX: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, KB: 1000, MB: 1e6, GB: 1e9 }

export default command({
  help: HELP,
  hidden: '  -M, --shmem <size>\n  -S, --semaphore <number>\n  -p, --mode <mode>',
  version: 'ipcmk from util-linux 2.38.1\n',
  summary: 'make various IPC resources',
  *run(io, options) {
    const { ipc, credentials: { euid, egid } } = io.sys
    const fail = (message: string): number => {
      io.err(`ipcmk: ${message}\n`)
      return 1
    }
    const size = options.value('shmem')
    const [, digits, suffix = ''] = /^(\d+)([KMG](?:iB|B)?)?$/.exec(size ?? '') ?? []
    if (size !== undefined && digits === undefined) return fail(`failed to parse size: '${size}': Invalid argument`)
    const semaphores = options.value('semaphore')
    if (semaphores !== undefined && !/^\d+$/.test(semaphores)) return fail(`failed to parse elements: '${semaphores}'`)
    const mode = options.value('mode') ?? '644'
    if (!/^[0-7]+$/.test(mode)) return fail('failed to parse mode: Success')
    if (size === undefined && semaphores === undefined && !options.has('queue')) {
      io.err("ipcmk: bad usage\nTry 'ipcmk --help' for more information.\n")
      return 1
    }
    const common = { uid: euid, gid: egid, cuid: euid, cgid: egid, mode: Number.parseInt(mode, 8), changeTime: io.sys.now() }
    const key = (): number => io.sys.random() | 0
    if (size !== undefined) {
      const bytes = Number(digits) * (SUFFIX[suffix] ?? 1)
      if (bytes === 0) return fail('create share memory failed: Invalid argument')
      const made = ipc.shm.add((id) => ({ ...common, id, key: key(), bytes, attached: 0, creatorPid: io.sys.pid, lastPid: 0, attachTime: null, detachTime: null, status: '' }))
      io.out(`Shared memory id: ${made.id}\n`)
    }
    if (options.has('queue')) {
      const made = ipc.msg.add((id) => ({ ...common, id, key: key(), messages: 0, usedBytes: 0, maxBytes: ipc.limits.msgmnb, sendPid: 0, receivePid: 0, sendTime: null, receiveTime: null }))
      io.out(`Message queue id: ${made.id}\n`)
    }
    if (semaphores !== undefined) {
      if (Number(semaphores) === 0 || Number(semaphores) > ipc.limits.semmsl) return fail('create semaphore failed: Invalid argument')
      const made = ipc.sem.add((id) => ({ ...common, id, key: key(), values: Array.from({ length: Number(semaphores) }, () => 0), operationTime: null }))
      io.out(`Semaphore id: ${made.id}\n`)
    }
    return 0
  },
})
