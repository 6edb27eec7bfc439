/** Events of containers (daemon/events.go): each tells image, name and labels. */
import type { Context } from '../context'
import type { Labels, Stored } from '../types'

export function logContainer({ events }: Pick<Context, 'events'>, { ID, Name, Config }: Stored, action: string, more: Labels = {}): void {
  events.log('container', action, ID, { ...Config.Labels, ...more, image: Config.Image, name: Name.slice(1) })
}
