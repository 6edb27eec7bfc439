/** What the network plugins gave a pod, as `crictl inspectp` shows it. */
export type { PodNetwork as CniResult } from '../../cni/invoke'
