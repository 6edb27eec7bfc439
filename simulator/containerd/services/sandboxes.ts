/** The sandbox store (core/metadata/sandbox.go): the CRI plugin of 2.x keeps its pods in it, that of 1.7 does not. */
import type { Context } from './context'
import { checkNamespace } from './context'
import type { SandboxesService } from '../services'
import { rfc3339 } from '../time'

export const sandboxesService = ({ db, release }: Context): SandboxesService => ({
  *list(ns) {
    checkNamespace(ns)
    if (release.line !== '2' || ns !== 'k8s.io') return []
    return db.sandboxes.values().map(({ id, createdAt }) => ({ ID: id, CreatedAt: rfc3339(BigInt(createdAt)), Runtime: 'io.containerd.runc.v2' })).sort((a, b) => (a.ID < b.ID ? -1 : 1))
  },
})
