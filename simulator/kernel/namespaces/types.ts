/** The eight kinds of namespace (namespaces(7)), by the name that /proc/PID/ns and nsfs use. */
export const NAMESPACE_TYPES = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'] as const
export type NamespaceType = (typeof NAMESPACE_TYPES)[number]
