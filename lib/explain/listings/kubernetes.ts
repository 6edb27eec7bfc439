/** Columns of what kubectl lists. */
import type { Listing } from '../listing'

const NAMESPACE = 'The Kubernetes namespace. It has nothing to do with Linux namespaces.'

const PODS = {
  NAMESPACE,
  NAME: 'The pod’s name.',
  READY: 'Ready containers of all in the spec. pause is not counted.',
  STATUS: 'What is going on with the pod, in a word.',
  RESTARTS: 'How often its containers were started again, in the same sandbox.',
  AGE: 'How long ago the pod was created.',
  IP: 'The address in the pod’s network namespace; with hostNetwork, the node’s.',
  NODE: 'The node that it runs on.',
  'NOMINATED NODE': 'Where it shall go once there is room made for it.',
  'READINESS GATES': 'Further conditions of others that must hold before it counts as ready.',
  LABELS: 'By which services and controllers find it.',
} as const

const SERVICES = { NAMESPACE, NAME: 'The service’s name.', TYPE: 'ClusterIP: inside of the cluster only.', 'CLUSTER-IP': 'An address that no device has: kube-proxy’s rules lead it to a pod.', 'EXTERNAL-IP': 'An address from outside.', 'PORT(S)': 'Where it is reached.', AGE: 'How long ago it was created.', SELECTOR: 'The labels of the pods that it leads to.' } as const

const DEPLOYMENTS = {
  NAMESPACE,
  NAME: 'The deployment’s name.',
  READY: 'How many of its pods are ready, of how many that were asked for.',
  'UP-TO-DATE': 'How many of them are as the deployment says now.',
  AVAILABLE: 'How many have been ready for long enough.',
  AGE: 'How long ago it was created.',
  CONTAINERS: 'The containers of its pods. pause is not named.',
  IMAGES: 'Their images.',
  SELECTOR: 'The labels by which it knows its pods.',
} as const

const REPLICASETS = { ...DEPLOYMENTS, NAME: 'The replica set’s name: its deployment’s, with a hash of the pod’s template.', DESIRED: 'How many pods it shall keep.', CURRENT: 'How many there are.', READY: 'How many of them are ready.' } as const

const EVENTS = { NAMESPACE, 'LAST SEEN': 'How long ago it happened last.', TYPE: 'Normal or Warning.', REASON: 'What happened, in a word for programs.', OBJECT: 'To what.', MESSAGE: 'What happened, in words. “Created container” comes after the sandbox, and so pause, was there.' } as const

export const KUBERNETES: readonly Listing[] = [
  { name: 'kubectl get pods', head: ['NAME', 'READY', 'STATUS', 'RESTARTS'], columns: PODS },
  { name: 'kubectl get pods -A', head: ['NAMESPACE', 'NAME', 'READY', 'STATUS'], columns: PODS },
  {
    name: 'kubectl get nodes',
    head: ['NAME', 'STATUS', 'ROLES', 'AGE', 'VERSION'],
    columns: { NAME: 'The node’s name.', STATUS: 'Ready while its kubelet reports.', ROLES: 'control-plane, or none: a worker.', AGE: 'How long ago it joined.', VERSION: 'Of its kubelet.', 'INTERNAL-IP': 'Its address in the cluster.', 'EXTERNAL-IP': 'Its address from outside.', 'OS-IMAGE': 'Its distribution.', 'KERNEL-VERSION': 'Its kernel: containers have no other.', 'CONTAINER-RUNTIME': 'What its kubelet speaks to over the CRI.' },
  },
  { name: 'kubectl get services', head: ['NAME', 'TYPE', 'CLUSTER-IP'], columns: SERVICES },
  { name: 'kubectl get services -A', head: ['NAMESPACE', 'NAME', 'TYPE', 'CLUSTER-IP'], columns: SERVICES },
  { name: 'kubectl get deployments', head: ['NAME', 'READY', 'UP-TO-DATE'], columns: DEPLOYMENTS },
  { name: 'kubectl get deployments -A', head: ['NAMESPACE', 'NAME', 'READY', 'UP-TO-DATE'], columns: DEPLOYMENTS },
  { name: 'kubectl get replicasets', head: ['NAME', 'DESIRED', 'CURRENT', 'READY'], columns: REPLICASETS },
  { name: 'kubectl get replicasets -A', head: ['NAMESPACE', 'NAME', 'DESIRED', 'CURRENT'], columns: REPLICASETS },
  { name: 'kubectl get namespaces', head: ['NAME', 'STATUS', 'AGE'], columns: { NAME: `${NAMESPACE} It only sorts names.`, STATUS: 'Active, or Terminating while what is in it is removed.', AGE: 'How long ago it was created.' } },
  { name: 'kubectl get events', head: ['LAST SEEN', 'TYPE', 'REASON'], columns: EVENTS },
  { name: 'kubectl get events -A', head: ['NAMESPACE', 'LAST SEEN', 'TYPE'], columns: EVENTS },
  { name: 'kubectl api-resources', head: ['NAME', 'SHORTNAMES', 'APIVERSION'], columns: { NAME: 'What can be asked for, as kubectl get takes it.', SHORTNAMES: 'The same, shorter.', APIVERSION: 'The group and version of the API that has it.', NAMESPACED: 'Whether it lies in a Kubernetes namespace: a pod does, a node does not.', KIND: 'Its name in a manifest.' } },
  { name: 'kubectl config get-contexts', head: ['CURRENT', 'NAME', 'CLUSTER'], columns: { CURRENT: '* is the one that is used.', NAME: 'The context’s name: a cluster, a user and a namespace together.', CLUSTER: 'Which API server.', AUTHINFO: 'As which user.', NAMESPACE } },
]
