/** The Deployment controller: a replica set for each template, the newest grown and the others shrunk within bounds (pkg/controller/deployment: sync.go, rolling.go, recreate.go, progress.go). Recording: golden deployment. */
import type { Run } from '../../kernel/run'
import type { Condition, Pod } from '../api/objects'
import { apiTime, isPod, pods as podsResource } from '../api/server'
import { type Deployment, type DeploymentCondition, type IntOrPercent, isDeployment, isReplicaSet, type ReplicaSet } from '../api/workloads'
import { type Call, claimed, type Controller, listAll, ownedBy, ownerReference, resourceFor } from './controller'
import { HASH_LABEL, templateHash } from './template-hash'

const SOURCE = { component: 'deployment-controller' }
const REVISION = 'deployment.kubernetes.io/revision'
const DESIRED = 'deployment.kubernetes.io/desired-replicas'
const MAXIMUM = 'deployment.kubernetes.io/max-replicas'
/** What a replica set does not take over from its deployment's annotations. */
const OWN_ANNOTATIONS: readonly string[] = ['kubectl.kubernetes.io/last-applied-configuration', REVISION, 'deployment.kubernetes.io/revision-history', DESIRED, MAXIMUM]

const deploymentsResource = () => resourceFor('apps/v1', 'Deployment')
const setsResource = () => resourceFor('apps/v1', 'ReplicaSet')

export const deployments: Controller = {
  kinds: ['Deployment', 'ReplicaSet', 'Pod'],
  *sync(call) {
    const all = yield* listAll(call, deploymentsResource(), isDeployment)
    if (all.length === 0) return
    const sets = yield* listAll(call, setsResource(), isReplicaSet)
    const pods = yield* listAll(call, podsResource(), isPod)
    for (const deployment of all) {
      const own = yield* claimed(call, deployment, setsResource(), sets, deployment.spec.selector)
      yield* new Rollout(call, deployment, own, pods.filter((pod) => own.some((set) => ownedBy(set, pod)))).sync()
    }
  },
}

const share = (value: IntOrPercent, of: number, round: (n: number) => number): number => (typeof value === 'number' ? value : round((Number.parseInt(value, 10) * of) / 100))
const revisionOf = (object: ReplicaSet | Deployment): number => Number(object.metadata.annotations?.[REVISION] ?? 0)
const sum = (sets: readonly ReplicaSet[], count: (set: ReplicaSet) => number): number => sets.reduce((n, set) => n + count(set), 0)
const available = (set: ReplicaSet): number => set.status.availableReplicas ?? 0

class Rollout {
  private readonly call: Call
  private deployment: Deployment
  private sets: ReplicaSet[]
  private readonly pods: readonly Pod[]
  constructor(call: Call, deployment: Deployment, sets: readonly ReplicaSet[], pods: readonly Pod[]) {
    this.call = call
    this.deployment = deployment
    this.sets = [...sets].sort((a, b) => ((a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? -1 : 1))
    this.pods = pods
  }
  private get wanted(): number {
    return this.deployment.spec.replicas
  }
  private get surge(): number {
    const rolling = this.deployment.spec.strategy.rollingUpdate
    return rolling ? share(rolling.maxSurge, this.wanted, Math.ceil) : 0
  }
  private get unavailable(): number {
    const rolling = this.deployment.spec.strategy.rollingUpdate
    if (!rolling) return 0
    const most = share(rolling.maxUnavailable, this.wanted, Math.floor)
    return most === 0 && this.surge === 0 ? 1 : most
  }
  private get maximum(): number {
    return this.wanted + this.surge
  }
  private get hash(): string {
    return templateHash(this.deployment.spec.template)
  }
  /** The set of the template that is wanted now, whatever its name. */
  private newest(): ReplicaSet | undefined {
    return this.sets.find((set) => templateHash(set.spec.template) === this.hash)
  }
  private others(): ReplicaSet[] {
    const newest = this.newest()
    return this.sets.filter((set) => set !== newest)
  }

  *sync(): Run {
    const scaled = this.sets.some((set) => set.spec.replicas > 0 && set.metadata.annotations?.[DESIRED] !== String(this.wanted))
    if (this.deployment.spec.paused || scaled) {
      yield* this.renew('kept')
      yield* this.scaleAll()
      return yield* this.tell()
    }
    if (this.deployment.spec.strategy.type === 'Recreate') yield* this.recreate()
    else yield* this.roll()
    if (this.complete()) yield* this.forget()
    yield* this.tell()
  }
  private *recreate(): Run {
    yield* this.renew('kept')
    for (const set of this.others()) yield* this.scale(set, 0)
    const left = this.pods.some((pod) => this.others().some((set) => ownedBy(set, pod)) && pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed')
    if (left) return
    yield* this.renew('made')
    const newest = this.newest()
    if (newest) yield* this.scale(newest, this.wanted)
  }
  private *roll(): Run {
    yield* this.renew('made')
    const newest = this.newest()
    if (!newest) return
    if (newest.spec.replicas > this.wanted) return yield* this.scale(newest, this.wanted)
    if (newest.spec.replicas < this.wanted) {
      const grown = this.room(newest.spec.replicas)
      if (grown !== newest.spec.replicas) return yield* this.scale(newest, grown)
    }
    yield* this.shrink(newest)
  }
  /** How far the newest may grow. */
  private room(has: number): number {
    const all = sum(this.sets, (set) => set.spec.replicas)
    return all >= this.maximum ? has : has + Math.min(this.maximum - all, this.wanted - has)
  }
  private *shrink(newest: ReplicaSet): Run {
    const least = this.wanted - this.unavailable
    const all = sum(this.sets, (set) => set.spec.replicas)
    let surplus = all - least - (newest.spec.replicas - available(newest))
    // First those that are of no use.
    for (const set of this.others()) {
      const broken = Math.min(surplus, set.spec.replicas - available(set))
      if (set.spec.replicas === 0 || broken <= 0) continue
      yield* this.scale(set, set.spec.replicas - broken)
      surplus -= broken
    }
    let spare = Math.min(surplus, sum(this.sets, available) - least)
    for (const set of this.others()) {
      const less = Math.min(spare, set.spec.replicas)
      if (less <= 0) continue
      yield* this.scale(set, set.spec.replicas - less)
      spare -= less
    }
  }
  /** The deployment was scaled, not rolled out: all that have pods in proportion. */
  private *scaleAll(): Run {
    const active = this.sets.filter((set) => set.spec.replicas > 0)
    const only = active.length === 1 ? active[0] : active.length === 0 ? this.newest() : undefined
    if (only) return yield* this.scale(only, this.wanted)
    const all = sum(active, (set) => set.spec.replicas)
    let left = (this.wanted > 0 ? this.maximum : 0) - all
    for (const set of [...active].sort((a, b) => b.spec.replicas - a.spec.replicas)) {
      const part = Math.sign(left) * Math.min(Math.abs(left), Math.abs(Math.round((set.spec.replicas * this.maximum) / Number(set.metadata.annotations?.[MAXIMUM] ?? this.maximum)) - set.spec.replicas))
      left -= part
      yield* this.scale(set, Math.max(0, set.spec.replicas + part))
    }
  }
  /** Gives the newest set its revision, or makes it. */
  private *renew(missing: 'made' | 'kept'): Run {
    const newest = this.newest()
    const revision = String(Math.max(0, ...this.others().map(revisionOf)) + 1)
    if (newest) {
      const annotations = { ...newest.metadata.annotations, ...this.taken(), [REVISION]: Number(revision) > revisionOf(newest) ? revision : String(revisionOf(newest)) }
      if (JSON.stringify(annotations) !== JSON.stringify(newest.metadata.annotations)) yield* this.store({ ...newest, metadata: { ...newest.metadata, annotations } })
    } else if (missing === 'made') yield* this.make(revision)
    const made = this.newest()
    if (made) yield* this.mark(String(revisionOf(made)))
  }
  private taken(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.deployment.metadata.annotations ?? {}).filter(([key]) => !OWN_ANNOTATIONS.includes(key)))
  }
  private *make(revision: string): Run {
    const { hash, deployment } = this
    const { template, selector } = deployment.spec
    const replicas = this.room(0)
    const labels = { ...template.metadata?.labels, [HASH_LABEL]: hash }
    const set: ReplicaSet = {
      apiVersion: 'apps/v1', kind: 'ReplicaSet',
      metadata: {
        name: `${deployment.metadata.name}-${hash}`, namespace: deployment.metadata.namespace ?? 'default', labels, ownerReferences: [ownerReference(deployment)],
        annotations: { ...this.taken(), [DESIRED]: String(this.wanted), [MAXIMUM]: String(this.maximum), [REVISION]: revision },
      },
      spec: { replicas, selector: { matchLabels: { ...selector.matchLabels, [HASH_LABEL]: hash } }, template: { ...template, metadata: { ...template.metadata, labels } } },
      status: { replicas: 0 },
    }
    const made = yield* this.call((server) => server.create(setsResource(), set))
    if (isReplicaSet(made)) this.sets = [...this.sets, made]
    if (replicas > 0) yield* this.told(`Scaled up replica set ${set.metadata.name} to ${replicas}`)
  }
  private *mark(revision: string): Run {
    if (this.deployment.metadata.annotations?.[REVISION] === revision) return
    const marked = { ...this.deployment, metadata: { ...this.deployment.metadata, annotations: { ...this.deployment.metadata.annotations, [REVISION]: revision } } }
    const stored = yield* this.call((server) => server.update(deploymentsResource(), marked))
    if (isDeployment(stored)) this.deployment = stored
  }
  private *scale(set: ReplicaSet, replicas: number): Run {
    const bounds = { [DESIRED]: String(this.wanted), [MAXIMUM]: String(this.maximum) }
    const { annotations } = set.metadata
    if (set.spec.replicas === replicas && annotations?.[DESIRED] === bounds[DESIRED] && annotations[MAXIMUM] === bounds[MAXIMUM]) return
    yield* this.store({ ...set, metadata: { ...set.metadata, annotations: { ...annotations, ...bounds } }, spec: { ...set.spec, replicas } })
    if (set.spec.replicas !== replicas) yield* this.told(`Scaled ${set.spec.replicas < replicas ? 'up' : 'down'} replica set ${set.metadata.name} to ${replicas}`)
  }
  private *store(set: ReplicaSet): Run {
    const stored = yield* this.call((server) => server.update(setsResource(), set))
    if (isReplicaSet(stored)) this.sets = this.sets.map((old) => (old.metadata.uid === stored.metadata.uid ? stored : old))
  }
  private told(message: string): Run {
    return this.call((server) => server.event(this.deployment, 'Normal', 'ScalingReplicaSet', message, SOURCE))
  }
  private complete(): boolean {
    const newest = this.newest()
    return newest !== undefined && newest.status.replicas === this.wanted && available(newest) === this.wanted && sum(this.sets, (set) => set.status.replicas) === this.wanted
  }
  /** Old sets without pods, but for as many as the history keeps. */
  private *forget(): Run {
    const old = this.others().filter((set) => set.spec.replicas === 0 && set.status.replicas === 0).sort((a, b) => revisionOf(a) - revisionOf(b))
    for (const { metadata } of old.slice(0, Math.max(0, old.length - this.deployment.spec.revisionHistoryLimit))) yield* this.call((server) => server.delete(setsResource(), metadata.namespace, metadata.name))
  }
  /** The status, with the conditions that kubectl and its readers go by. */
  private *tell(): Run {
    const now = apiTime((yield* this.call(function* (server) {
      return server.now()
    })))
    const newest = this.newest()
    const replicas = sum(this.sets, (set) => set.status.replicas)
    const up = sum(this.sets, available)
    const updated = newest?.status.replicas ?? 0
    const ready = sum(this.sets, (set) => set.status.readyReplicas ?? 0)
    const down = Math.max(0, sum(this.sets, (set) => set.spec.replicas) - up)
    const enough = up >= this.wanted - this.unavailable
    const old = this.deployment.status.conditions ?? []
    const condition = (type: string, status: Condition['status'], reason: string, message: string): DeploymentCondition => {
      const was = old.find((c) => c.type === type)
      if (was?.status === status && was.reason === reason && was.message === message) return was
      return { lastTransitionTime: was?.status === status ? was.lastTransitionTime : now, lastUpdateTime: now, message, reason, status, type }
    }
    const name = newest?.metadata.name ?? ''
    const was = this.deployment.status
    const moved = updated !== (was.updatedReplicas ?? 0) || replicas !== (was.replicas ?? 0) || up !== (was.availableReplicas ?? 0)
    const progressing = old.find((c) => c.type === 'Progressing')
    const complete = this.complete()
    const progress = !newest
      ? progressing
      : complete
        ? condition('Progressing', 'True', 'NewReplicaSetAvailable', `ReplicaSet "${name}" has successfully progressed.`)
        : moved || !progressing || progressing.reason === 'NewReplicaSetAvailable'
          ? condition('Progressing', 'True', replicas === 0 ? 'NewReplicaSetCreated' : 'ReplicaSetUpdated', replicas === 0 ? `Created new replica set "${name}"` : `ReplicaSet "${name}" is progressing.`)
          : progressing
    const availability = enough ? condition('Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.') : condition('Available', 'False', 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.')
    const status: Deployment['status'] = {
      ...(up > 0 ? { availableReplicas: up } : {}), conditions: [...(progress && old.length === 0 ? [progress, availability] : old.map((c) => (c.type === 'Available' ? availability : (progress ?? c)))), ...(old.length === 0 && !progress ? [availability] : [])],
      observedGeneration: this.deployment.metadata.generation ?? 1, ...(ready > 0 ? { readyReplicas: ready } : {}), ...(replicas > 0 ? { replicas } : {}), ...(down > 0 ? { unavailableReplicas: down } : {}),
      ...(updated > 0 ? { updatedReplicas: updated } : {}),
    }
    if (JSON.stringify(status) !== JSON.stringify(was)) yield* this.call((server) => server.updateStatus(deploymentsResource(), this.deployment, status))
  }
}
