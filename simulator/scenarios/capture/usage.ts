/**
 * What containerd measured of layers when it unpacked them. It keeps that with a committed snapshot, and a capture has not asked for it: these
 * are the layers of the recorded node by their chain ids (recordings: ctr-content, `ctr snapshots usage`; the two large ones, which that prints to
 * a tenth of a MiB, add up to what `crictl imagefsinfo` counts in bytes).
 */
import type { Usage } from '../../containerd/services'

const KIB = 1024

export const MEASURED: Readonly<Record<string, Usage>> = {
  // busybox, below every image but pause
  'sha256:fd52da685c2461323865ce423c0c3d3c1f2fb29ff198014b71b0e15feb1f55ac': { size: 2008 * KIB, inodes: 294 },
  // bash, curl and what they need, of webratio/nodejs-http-server; and its server
  'sha256:598e459c07116f3d74d7aa87ebb24babfd2a952ce42f413cbdbff3a4a7c79de6': { size: 20_220 * KIB, inodes: 42 },
  'sha256:71ef7fe0b7d82d176ac4ae95e9bf2f65d069ea21fa4b22e8ddc224435aa1fcd1': { size: 704 * KIB, inodes: 9 },
  // kube-proxy
  'sha256:01c25b7a09b1ecba748886651b9d8a167173f2a790af95afe01fb21f4e2e20aa': { size: 684 * KIB, inodes: 5 },
  // calico-node and nginx
  'sha256:78aa0d0fe52ccf2ea0ee5103b915a4a7a4bc47476337c858ae5b9641c1fa47d5': { size: 680 * KIB, inodes: 4 },
  'sha256:bd1cf1297b79ad32483a19bf652380d2f73a3263d4be9a6e6aac910712accb94': { size: 680 * KIB, inodes: 4 },
  // coredns
  'sha256:c397f02a93ad73b28b461110cd15563f5621c92e9c733b98299b7b1a4fb126d9': { size: 672 * KIB, inodes: 2 },
  // pause
  'sha256:fc3a6f762f1525ca4bdab9c7a77c397abcb41d5b23b4299d056096dbdacd7e86': { size: 680 * KIB, inodes: 2 },
}
