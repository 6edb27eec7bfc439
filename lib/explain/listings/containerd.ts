/** Columns of the listings of containers and images: ctr, crictl, runc. */
import type { Listing } from '../listing'

const CRI_CONTAINER = {
  CONTAINER: 'The first 13 digits of the container’s id. pause is not in this list: the CRI counts it as the sandbox.',
  IMAGE: 'The image, or its id.',
  CREATED: 'How long ago it was made.',
  STATE: 'Running, Exited, Created or Unknown.',
  NAME: 'Its name in the pod’s spec.',
  ATTEMPT: 'How often the kubelet has made it before: 0 is the first.',
  'POD ID': 'The sandbox it belongs to: the id of its pause container.',
  POD: 'The name of its pod.',
} as const

const CRI_IMAGE = { IMAGE: 'The image’s name.', TAG: 'Its tag; <none> where it is known by digest only.', DIGEST: 'The sha256 of its manifest, shortened: what the tag meant when it was pulled.', 'IMAGE ID': 'The sha256 of its configuration, shortened.', SIZE: 'What its layers take, compressed.' } as const

export const CONTAINERD: readonly Listing[] = [
  {
    name: 'ctr containers ls',
    head: ['CONTAINER', 'IMAGE', 'RUNTIME'],
    columns: {
      CONTAINER: 'The container’s id, 64 hexadecimal digits. A pod sandbox’s id is the id of its pause container.',
      IMAGE: 'The image it was made from. Every line with …/pause is the sandbox of one pod.',
      RUNTIME: 'The shim that runs it: io.containerd.runc.v2 starts one containerd-shim-runc-v2 for a pod.',
    },
  },
  {
    name: 'ctr tasks ls',
    head: ['TASK', 'PID', 'STATUS'],
    columns: {
      TASK: 'The id of the container whose task this is. A container is a description; a task is its running process.',
      PID: 'The pid of its first process, seen from the node.',
      STATUS: 'RUNNING, PAUSED (frozen), STOPPED or CREATED.',
    },
  },
  { name: 'ctr tasks ps', head: ['PID', 'INFO'], columns: { PID: 'A process of the task, by its pid on the node.', INFO: 'For what it was started: the id of an exec; - where containerd knows nothing of it.' } },
  { name: 'ctr tasks metrics', head: ['ID', 'TIMESTAMP'], columns: { ID: 'The task’s container.', TIMESTAMP: 'When its cgroup was read.' } },
  { name: 'ctr tasks metrics', head: ['METRIC', 'VALUE'], columns: { METRIC: 'What was read, by the name of the cgroup’s file: memory.usage_in_bytes, cpuacct.usage (nanoseconds), pids.current …', VALUE: 'What it was.' } },
  { name: 'crictl ps', head: ['CONTAINER', 'IMAGE', 'CREATED', 'STATE'], columns: CRI_CONTAINER },
  {
    name: 'crictl pods',
    head: ['POD ID', 'CREATED', 'STATE'],
    columns: {
      'POD ID': 'The sandbox’s id, which is the id of its pause container.',
      CREATED: 'How long ago the sandbox was made.',
      STATE: 'Ready while pause runs; NotReady when it has ended.',
      NAME: 'The pod’s name.',
      NAMESPACE: 'The Kubernetes namespace. It has nothing to do with Linux namespaces.',
      ATTEMPT: 'How many sandboxes this pod had before.',
      RUNTIME: 'The runtime handler; (default) is runc.',
    },
  },
  {
    name: 'ctr images ls',
    head: ['REF', 'TYPE', 'DIGEST'],
    columns: {
      REF: 'The image’s name. The same image often has three: by tag, by digest, and by its id.',
      TYPE: 'What the name leads to: a manifest, or an index of manifests by platform.',
      DIGEST: 'The sha256 of that. Equal digests are one image.',
      SIZE: 'What its layers take, compressed.',
      PLATFORMS: 'For which systems it was made.',
      STATUS: 'complete when all its layers are here, with how many of how many.',
      UNPACKED: 'Whether its layers were unpacked into snapshots, so that a container can stand on them.',
      LABELS: 'io.cri-containerd.image=managed: the kubelet sees it. pinned: it is not removed (pause).',
    },
  },
  {
    name: 'ctr snapshots ls',
    head: ['KEY', 'PARENT', 'KIND'],
    columns: {
      KEY: 'The snapshot’s name: a chain of layers by its sha256, or the container whose root it is.',
      PARENT: 'What it stands on.',
      KIND: 'Committed: a layer of an image, read only. Active: a container’s own, writable.',
    },
  },
  { name: 'ctr snapshots usage', head: ['KEY', 'SIZE', 'INODES'], columns: { KEY: 'The snapshot’s name: a chain of layers by its sha256, or the container whose root it is.', SIZE: 'What it adds to what it stands on.', INODES: 'How many files and folders it adds.' } },
  { name: 'ctr content ls', head: ['DIGEST', 'SIZE', 'AGE'], columns: { DIGEST: 'The sha256 of the bytes: their name.', SIZE: 'How many bytes.', AGE: 'How long they have been here.', LABELS: 'containerd.io/gc.ref.…: what this refers to, so that it is not collected as garbage.' } },
  { name: 'ctr namespaces ls', head: ['NAME', 'LABELS'], columns: { NAME: 'A namespace of containerd: a set of containers and images of its own, nothing of the kernel’s. Kubernetes uses k8s.io.', LABELS: 'What was noted about it.' } },
  { name: 'ctr plugins ls', head: ['TYPE', 'ID', 'PLATFORMS', 'STATUS'], columns: { TYPE: 'What kind of a part of containerd it is.', ID: 'Its name. cri is what the kubelet speaks to.', PLATFORMS: 'For which system it works.', STATUS: 'ok; skip: not usable on this machine; error.' } },
  { name: 'ctr leases ls', head: ['ID', 'CREATED AT'], columns: { ID: 'The lease’s name: what it holds is not collected as garbage.', 'CREATED AT': 'Since when.', LABELS: 'Until when, among others.' } },
  { name: 'runc list', head: ['ID', 'PID', 'STATUS', 'BUNDLE'], columns: { ID: 'The container’s id: containerd gives runc its own.', PID: 'The pid of its first process, seen from the node.', STATUS: 'created, running, paused or stopped.', BUNDLE: 'The folder with config.json (the spec) and rootfs.', CREATED: 'When it was made.', OWNER: 'Who made it.' } },
  { name: 'crictl images', head: ['IMAGE', 'TAG', 'IMAGE ID'], columns: CRI_IMAGE },
  { name: 'crictl images --digests', head: ['IMAGE', 'TAG', 'DIGEST'], columns: CRI_IMAGE },
  { name: 'crictl stats', head: ['CONTAINER', 'CPU %'], columns: { CONTAINER: 'The first 13 digits of the container’s id.', 'CPU %': 'CPU time used lately, of one CPU.', MEM: 'Its working set.', DISK: 'What it wrote into its own layer.', INODES: 'How many files it made there.' } },
  { name: 'crictl statsp', head: ['POD', 'POD ID', 'CPU %'], columns: { POD: 'The pod’s name.', 'POD ID': 'The sandbox’s id, which is the id of its pause container.', 'CPU %': 'CPU time that all its containers used lately, of one CPU.', MEM: 'Their working set: pause is counted.' } },
]
