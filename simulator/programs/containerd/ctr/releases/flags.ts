/** Flags that later releases put into other places. */
import { bool, string, strings } from '../../../urfave/flag'

export const DEVICE_FLAG = strings('device', 'File path to a device to add to the container; or a path to a directory tree of devices to add to the container')
export const NO_PIVOT_FLAG = bool('no-pivot', 'Disable use of pivot-root (linux only)')

/** commands.RuntimeFlags of 2.x. */
export const RUNTIME_FLAGS = [
  string('runtime', 'Runtime name or absolute path to runtime binary', { value: 'io.containerd.runc.v2' }),
  string('runtime-config-path', 'Optional runtime config path'),
  string('runc-binary', 'Specify runc-compatible binary'),
  string('runc-root', 'Specify runc-compatible root'),
  bool('runc-systemd-cgroup', 'Start runc with systemd cgroup manager'),
]
