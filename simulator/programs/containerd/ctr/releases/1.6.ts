/** The commands of ctr 1.6, in the order of its help (cmd/ctr/app/main.go). */
export const COMMANDS = [
  'plugins', 'version', 'containers', 'content', 'events', 'images', 'leases', 'namespaces', 'pprof', 'run', 'snapshots', 'tasks', 'install', 'oci', 'shim',
]
