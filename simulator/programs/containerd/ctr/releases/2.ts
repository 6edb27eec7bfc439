/** What ctr 2.x has otherwise than 1.7 (cmd/ctr of v2.2.0). */
import { bool, duration, int, string, strings } from '../../../urfave/flag'
import { after, first, last, reworded, type Revisions, without } from '../../../urfave/revise'
import { RUNTIME_FLAGS } from './flags'

/** The runtime and how runc is called stand together now. */
const MAKING = [without('runtime', 'runtime-config-path', 'runc-binary', 'runc-root', 'runc-systemd-cgroup')]
const SYNC_FS = bool('sync-fs', 'Synchronize the underlying filesystem containing files when unpack images, false by default')
const SKIP_METADATA = bool('skip-metadata', 'Skips metadata for unused platforms (Image may be unable to be pushed without metadata)')
const LOCAL = [reworded('local', { value: undefined })]

export const REVISIONS: Revisions = {
  plugins: { commands: ['list', 'inspect-runtime'] },
  'containers create': { flags: [...MAKING, first(...RUNTIME_FLAGS)] },
  'content fetch': { flags: [after('all-metadata', SKIP_METADATA), without('all-metadata')] },
  'content fetch-blob': { flags: [last(string('media-type', 'Specify target mediatype for request header'))] },
  images: { commands: ['check', 'export', 'import', 'inspect', 'list', 'mount', 'unmount', 'pull', 'push', 'prune', 'delete', 'tag', 'label', 'convert', 'usage'] },
  'images export': { flags: LOCAL },
  'images import': { flags: [...LOCAL, after('discard-unpacked-layers', SYNC_FS), last(strings('label', 'Labels to attach to the image'))] },
  'images mount': { args: '[flags] <ref> [<target>]', flags: [last(SYNC_FS, duration('expiration, x', 'Set the expiration time for the mount and snapshots', { value: '1h0m0s' }))] },
  'images pull': { flags: [...LOCAL, after('all-metadata', SKIP_METADATA), without('all-metadata'), last(SYNC_FS)] },
  'images push': { flags: LOCAL },
  'images tag': { flags: [...LOCAL, last(bool('skip-reference-check', 'Skip the strict check for reference names'))] },
  run: {
    flags: [
      ...MAKING,
      after('cni', SYNC_FS),
      reworded('uidmap', { kind: 'strings', usage: 'Run inside a user namespace with the specified UID mapping ranges; specified with the format `container-uid:host-uid:length`' }),
      reworded('gidmap', { kind: 'strings', usage: 'Run inside a user namespace with the specified GID mapping ranges; specified with the format `container-gid:host-gid:length`' }),
      after(
        'cpu-shares',
        string('cpuset-cpus', 'Set the CPUs the container will run in (e.g., 1-2,4)'),
        string('cpuset-mems', 'Set the memory nodes the container will run in (e.g., 1-2,4)'),
        ...RUNTIME_FLAGS,
      ),
    ],
  },
  'snapshots mounts': { flags: [last(bool('temp', 'Mounts the snapshot mounts as a temp mount and returns a bind mount', { refused: 'refused' }))] },
  'snapshots unpack': { flags: [first(SYNC_FS)] },
  sandboxes: { commands: ['run', 'list', 'remove', 'info'] },
  shim: { commands: ['delete', 'exec', 'start', 'state', 'shutdown', 'pprof'], flags: [reworded('id', { usage: 'shim ID' }), last(string('shim-address', 'shim address (default: computed from shim ID)'))] },
  'shim state': { usage: 'Get the state of all main process of the task', flags: [last(string('task-id, t', 'task ID'), int('api-version', 'shim API version {2,3}', { value: '3' }))] },
}
