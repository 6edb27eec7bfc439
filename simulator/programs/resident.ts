/** Programs that run on every node before a student types anything: a page has them from the start. */
import { installed, type Programs } from './installed'
import type { ProgramModule } from './program'

const MODULES = import.meta.glob<{ default: ProgramModule }>(
  [
    './bash/bash/index.ts', './openssh-*/*/index.ts', './containerd/containerd/index.ts', './containerd/containerd-shim-runc-v2/index.ts', './kubernetes/kube*-*/index.ts',
    './kubernetes/kubelet/index.ts', './containernetworking-plugins/*/index.ts', './pause/pause/index.ts', './webserver/*/index.ts', './lab/*/index.ts', './runc/runc/index.ts',
    // The pods of nginx with their entrypoint's shell, and that of busybox that sleeps.
    './images/nginx/index.ts', './dash/sh/index.ts',
    './busybox/busybox/index.ts', './coreutils/sleep/index.ts',
  ],
  { eager: true },
)

export const RESIDENT: Programs = new Map(Object.entries(MODULES).map(([file, module]) => installed(file, module.default)).map((p) => [p.id, p]))
