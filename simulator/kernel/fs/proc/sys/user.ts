/** /proc/sys/user: how many namespaces of each kind a user may have (namespaces(7)); half of threads-max. */
import { sysctlFolder } from '../sysctl'

export default sysctlFolder(() => `
max_cgroup_namespaces 96364
max_fanotify_groups 128
max_fanotify_marks 205039
max_inotify_instances 128
max_inotify_watches 192536
max_ipc_namespaces 96364
max_mnt_namespaces 96364
max_net_namespaces 96364
max_pid_namespaces 96364
max_time_namespaces 96364
max_user_namespaces 96364
max_uts_namespaces 96364
`, { owner: ({ viewer }) => viewer.ns.user, base: 'user/' })
