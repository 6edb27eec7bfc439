/** Flags that several commands of ctr share (cmd/ctr/commands/commands.go, commands_unix.go). */
import { bool, int, ints, string, strings, uint, type Flag } from '../../urfave/flag'

export const SNAPSHOTTER_FLAGS: readonly Flag[] = [
  string('snapshotter', 'snapshotter name. Empty value stands for the default value.', { env: 'CONTAINERD_SNAPSHOTTER' }),
]

export const REGISTRY_FLAGS: readonly Flag[] = [
  bool('skip-verify, k', 'skip SSL certificate validation'),
  bool('plain-http', 'allow connections using plain HTTP'),
  string('user, u', 'user[:password] Registry user and password'),
  string('refresh', 'refresh token for authorization server'),
  string('hosts-dir', 'Custom hosts configuration directory'),
  string('tlscacert', 'path to TLS root CA'),
  string('tlscert', 'path to TLS client certificate'),
  string('tlskey', 'path to TLS client key'),
  bool('http-dump', 'dump all HTTP request/responses when interacting with container registry', { refused: 'refused' }),
  bool('http-trace', 'enable HTTP tracing for registry interactions', { refused: 'refused' }),
]

export const CONTAINER_FLAGS: readonly Flag[] = [
  ...SNAPSHOTTER_FLAGS,
  strings('snapshotter-label', 'labels added to the new snapshot for this container.'),
  string('config, c', 'path to the runtime-specific spec config file'),
  string('cwd', 'specify the working directory of the process'),
  strings('env', 'specify additional container environment variables (e.g. FOO=bar)'),
  string('env-file', 'specify additional container environment variables in a file(e.g. FOO=bar, one per line)'),
  strings('label', 'specify additional labels (e.g. foo=bar)'),
  strings('annotation', 'specify additional OCI annotations (e.g. foo=bar)'),
  strings('mount', 'specify additional container mount (e.g. type=bind,src=/tmp,dst=/host,options=rbind:ro)'),
  bool('net-host', 'enable host networking for the container'),
  bool('privileged', 'run privileged container'),
  bool('read-only', 'set the containers filesystem as readonly'),
  string('runtime', 'runtime name', { value: 'io.containerd.runc.v2' }),
  string('runtime-config-path', 'optional runtime config path'),
  bool('tty, t', 'allocate a TTY for the container'),
  strings('with-ns', "specify existing Linux namespaces to join at container runtime (format '<nstype>:<path>')"),
  string('pid-file', "file path to write the task's pid"),
  ints('gpus', 'add gpus to the container'),
  bool('allow-new-privs', "turn off OCI spec's NoNewPrivileges feature flag"),
  uint('memory-limit', 'memory limit (in bytes) for the container'),
  strings('device', 'file path to a device to add to the container; or a path to a directory tree of devices to add to the container'),
  strings('cap-add', "add Linux capabilities (Set capabilities with 'CAP_' prefix)"),
  strings('cap-drop', "drop Linux capabilities (Set capabilities with 'CAP_' prefix)"),
  bool('seccomp', 'enable the default seccomp profile'),
  string('seccomp-profile', 'file path to custom seccomp profile. seccomp must be set to true, before using seccomp-profile'),
  string('apparmor-default-profile', 'enable AppArmor with the default profile with the specified name, e.g. "cri-containerd.apparmor.d"'),
  string('apparmor-profile', 'enable AppArmor with an existing custom profile'),
  string(
    'rdt-class',
    'name of the RDT class to associate the container with. Specifies a Class of Service (CLOS) for cache and memory bandwidth management.',
  ),
  bool('rootfs', 'use custom rootfs that is not managed by containerd snapshotter'),
  bool('no-pivot', 'disable use of pivot-root (linux only)'),
  int('cpu-quota', 'Limit CPU CFS quota', { value: '-1' }),
  uint('cpu-period', 'Limit CPU CFS period'),
  string('rootfs-propagation', 'set the propagation of the container rootfs'),
]
