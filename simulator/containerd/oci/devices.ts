/** Devices of the node for a specification (oci/utils_unix.go, spec_opts_linux.go WithHostDevices, WithDevices). */
import { isErrno } from '../../kernel/errno'
import type { FileKind, Sys } from '../../kernel/sys'
import type { OciDevice } from './types'

export const NOT_A_DEVICE = 'not a device node'
/** Directories that have no devices of the node's own. */
const PASSED_OVER = ['pts', 'shm', 'fd', 'mqueue', '.lxc', '.lxd-mounts', '.udev']
const TYPES: Partial<Readonly<Record<FileKind, string>>> = { blk: 'b', chr: 'c', fifo: 'p' }
const MINORS = 1 << 20

/** DeviceFromPath; undefined for what is no device. */
function deviceAt(sys: Sys, path: string): OciDevice | undefined {
  const { kind, rdev, mode, uid, gid } = sys.lstat(path)
  const type = TYPES[kind]
  return type === undefined ? undefined : { path, type, major: Math.floor(rdev / MINORS), minor: rdev % MINORS, fileMode: mode, uid, gid }
}

/** One device, or all below a directory. Undefined: there is something else. */
export function devicesOf(sys: Sys, path: string, containerPath = ''): OciDevice[] | undefined {
  const named = (device: OciDevice, at: string): OciDevice => ({ ...device, path: at || device.path })
  if (sys.stat(path).kind !== 'dir') {
    const device = deviceAt(sys, path)
    return device && [named(device, containerPath)]
  }
  return sys.readdir(path).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap(({ name, kind }): OciDevice[] => {
    const inside = containerPath && `${containerPath.replace(/\/$/, '')}/${name}`
    if (kind === 'dir') return PASSED_OVER.includes(name) ? [] : (devicesOf(sys, `${path}/${name}`, inside) ?? [])
    if (name === 'console') return []
    const device = deviceOrGone(sys, `${path}/${name}`)
    return device && device.type !== 'p' ? [named(device, inside)] : []
  })
}

function deviceOrGone(sys: Sys, path: string): OciDevice | undefined {
  try {
    return deviceAt(sys, path)
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error
    return undefined
  }
}
