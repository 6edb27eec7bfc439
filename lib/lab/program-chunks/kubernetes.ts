// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/kubernetes/kube-apiserver/index'
import p1 from '../../../simulator/programs/kubernetes/kube-scheduler/index'
import p2 from '../../../simulator/programs/kubernetes/kubectl/index'
import p3 from '../../../simulator/programs/kubernetes/kubelet/index'

export const PROGRAMS: Chunk = {
  'kubernetes/kube-apiserver': p0,
  'kubernetes/kube-scheduler': p1,
  'kubernetes/kubectl': p2,
  'kubernetes/kubelet': p3,
}
