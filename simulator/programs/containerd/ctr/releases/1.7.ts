/** What ctr 1.7 has otherwise than 1.6 (cmd/ctr of v1.7.28). */
import { bool, string, uint } from '../../../urfave/flag'
import { after, first, last, reworded, type Revisions, without } from '../../../urfave/revise'
import fetch from '../commands/content/fetch'
import { DEVICE_FLAG, NO_PIVOT_FLAG } from './flags'
import { COMMANDS as BEFORE } from './1.6'

export const COMMANDS = [...BEFORE.filter((name) => name !== 'shim'), 'sandboxes', 'info', 'deprecations', 'shim']

const MAKING = [
  reworded('runtime', { usage: 'Runtime name or absolute path to runtime binary' }),
  after('runtime', string('sandbox', 'Create the container in the given sandbox')),
  after(
    'apparmor-profile',
    string('blockio-config-file', 'File path to blockio class definitions. By default class definitions are not loaded.'),
    string('blockio-class', 'Name of the blockio class to associate the container with'),
  ),
  after('rdt-class', string('hostname', "Set the container's host name"), string('user, u', 'Username or user id, group optional (format: <name|uid>[:<group|gid>])')),
  without('device'),
  last(DEVICE_FLAG),
]

const debugged = (value: string) => ({ flags: [last(uint('debug', 'Debug pprof args', { value }))] })

/** Through the client itself, not through containerd's transfer service: true here, false in 2.x. */
const local = (what: string) => bool('local', what, { value: 'true' })

export const REVISIONS: Revisions = {
  'containers create': { flags: MAKING, flagsFirst: 'only' },
  content: { commands: ['active', 'delete', 'edit', 'fetch', 'fetch-object', 'fetch-blob', 'get', 'ingest', 'list', 'push-object', 'label', 'prune'] },
  'content fetch': { description: fetch.description?.replace('\n  \n', '\n\n') },
  images: { commands: ['check', 'export', 'import', 'list', 'mount', 'unmount', 'pull', 'push', 'prune', 'delete', 'tag', 'label', 'convert', 'usage'] },
  'images export': { flags: [last(local('Run export locally rather than through transfer API'))] },
  'images import': {
    flags: [
      reworded('no-unpack', { usage: 'Skip unpacking the images, cannot be used with --discard-unpacked-layers, false by default' }),
      after('no-unpack', local('Run import locally rather than through transfer API')),
      after('compress-blobs', bool('discard-unpacked-layers', 'Allow the garbage collector to clean layers up from the content store after unpacking, cannot be used with --no-unpack, false by default')),
    ],
  },
  'images pull': { flags: [last(local('Fetch content from local client rather than using transfer service'))] },
  'images push': { flags: [after('max-concurrent-uploaded-layers', local('Push content from local client rather than using transfer service'))] },
  'images tag': { flags: [last(local('Run tag locally rather than through transfer API'))] },
  'oci spec': { flags: [last(string('platform', "Platform of the spec to print (Examples: 'linux/arm64', 'windows/amd64')"))] },
  'pprof block': debugged('0'),
  'pprof goroutines': debugged('2'),
  'pprof heap': debugged('0'),
  'pprof profile': debugged('0'),
  'pprof threadcreate': debugged('0'),
  'pprof trace': debugged('0'),
  run: { flags: [...MAKING, after('remap-labels', bool('privileged-without-host-devices', "Don't pass all host devices to privileged container"))] },
  tasks: { commands: ['attach', 'checkpoint', 'delete', 'exec', 'list', 'kill', 'metrics', 'pause', 'ps', 'resume', 'start'] },
  'tasks start': { flags: [first(NO_PIVOT_FLAG)] },
}
