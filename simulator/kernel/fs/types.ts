/** File systems by the name that mount(2) takes. */
import { Errno } from '../errno'
import type { Task } from '../task'
import { DevptsFs } from '../tty/devpts'
import type { FileSystem } from '../vfs/filesystem'
import { Directory } from '../vfs/inode'
import { resolve } from '../vfs/namei'
import { OverlayFs } from './overlay'
import { ProcFs } from './proc/procfs'
import { TmpFs } from './tmpfs'

type Make = (task: Task, options: readonly string[], source: string) => FileSystem

const optionValue = (options: readonly string[], key: string): string | undefined => options.find((o) => o.startsWith(`${key}=`))?.slice(key.length + 1)

const shown = (options: readonly string[], keys: readonly string[], first = 'rw'): string =>
  [options.includes('ro') ? 'ro' : first, ...keys.flatMap((k) => options.filter((o) => o === k || o.startsWith(`${k}=`)))].join(',')

function directoryAt(task: Task, path: string): Directory {
  const { inode } = resolve(task, path)
  if (!(inode instanceof Directory)) throw new Errno('ENOTDIR')
  return inode
}

/** Ids in options are those of the user namespace of who mounts. EINVAL for one that is nobody there. */
function mapped({ ns }: Task, options: readonly string[]): string[] {
  return options.map((option) => {
    const [, name, id] = /^(uid|gid)=(\d+)$/.exec(option) ?? []
    if (name === undefined || id === undefined) return option
    const real = ns.user.real(name === 'uid' ? 'uidMap' : 'gidMap', Number(id))
    if (real === undefined) throw new Errno('EINVAL')
    return `${name}=${real}`
  })
}

/** A tmpfs belongs to who mounts it, unless it is told otherwise (mm/shmem.c). */
function owned({ credentials }: Task, options: readonly string[]): string[] {
  const own = [['uid', credentials.fsuid], ['gid', credentials.fsgid]] as const
  return [...options, ...own.filter(([name, id]) => id !== 0 && !options.some((option) => option.startsWith(`${name}=`))).map(([name, id]) => `${name}=${id}`)]
}

const TYPES: Record<string, Make> = {
  tmpfs: (task, options) => new TmpFs(task.kernel, owned(task, mapped(task, options))),
  proc: (task) => new ProcFs(task.kernel, task.ns.pid),
  devpts: (task, options) => new DevptsFs(task.kernel.anonymousDevice(), () => task.kernel.clock.realtime(), shown(mapped(task, options).map((o) => o.replace(/mode=0+(?=\d{3})/, 'mode=')), ['gid', 'mode', 'ptmxmode']), { uid: task.credentials.fsuid, gid: task.credentials.fsgid }),
  overlay: (task, options) => {
    const lower = optionValue(options, 'lowerdir')
    if (!lower) throw new Errno('EINVAL')
    const upper = optionValue(options, 'upperdir')
    return new OverlayFs({
      dev: task.kernel.anonymousDevice(), now: () => task.kernel.clock.realtime(), lower: lower.split(':').map((p) => directoryAt(task, p)),
      upper: upper ? directoryAt(task, upper) : null, options: `${shown(options, ['lowerdir', 'upperdir', 'workdir'])},uuid=on`,
    })
  },
}

/** Other file systems (sysfs, cgroup, mqueue …): each module here declares its mount(2) name and how it is made. */
const FOUND = import.meta.glob<{ readonly default: { readonly name: string; readonly make: Make } }>('./types/*.ts', { eager: true })

/** Looked up when asked for: the modules import the kernel, which imports this one. */
const maker = (type: string): Make | undefined => TYPES[type] ?? Object.values(FOUND).find((module) => module.default.name === type)?.default.make

/** A new instance for mount(2). ENODEV for a type that the kernel does not have. */
export function makeFileSystem(task: Task, type: string, options: readonly string[], source: string): FileSystem {
  const make = maker(type)
  if (!make) throw new Errno('ENODEV')
  return make(task, options, source)
}
