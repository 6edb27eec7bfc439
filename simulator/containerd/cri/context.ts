/** What the calls of the CRI plugin share. */
import type { Containerd } from '../services'
import type { Context } from '../services/context'
import type { Tasks } from '../services/tasks'

export interface CriContext extends Context {
  readonly services: Pick<Containerd, 'containers' | 'tasks' | 'images' | 'content' | 'snapshots' | 'diff' | 'leases' | 'events'>
  readonly tasks: Tasks
}
