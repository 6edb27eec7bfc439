/** The two settings of /etc/containerd/config.toml that the simulator follows (pkg/cri/config). */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { readOrEmpty } from '../runc/cgroups'

export interface CriConfig {
  readonly sandboxImage: string
  readonly restrictOomScoreAdj: boolean
}

export function* readConfig(sys: Sys): Run<CriConfig> {
  const text = (yield* readOrEmpty(sys, '/etc/containerd/config.toml')) ?? ''
  return {
    sandboxImage: /^\s*sandbox_image\s*=\s*"([^"]*)"/m.exec(text)?.[1] ?? 'registry.k8s.io/pause:3.6',
    restrictOomScoreAdj: /^\s*restrict_oom_score_adj\s*=\s*true/m.test(text),
  }
}

/** `restrict_oom_score_adj`: not below the daemon's own. */
export function* oomScore(sys: Sys, config: CriConfig, wanted: number): Run<number> {
  if (!config.restrictOomScoreAdj) return wanted
  const own = Number((yield* readOrEmpty(sys, '/proc/self/oom_score_adj'))?.trim() ?? 0)
  return Math.max(own, wanted)
}
