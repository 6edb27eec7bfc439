/** Endpoints of images (api/server/router/image). */
import type { Context } from '../context'
import { prunable } from '../prune'
import type { ImagesApi } from '../services'
import type { Stored } from '../types'
import { importImage, loadImages, saveImages } from './archive'
import { historyOf, inspectImage, listImages } from './list'
import { needImage } from './lookup'
import { pullImage } from './pull'
import { familiar, familiarTag, parsed } from './reference'
import { removeImage } from './remove'
import type { ImageStore } from './store'

export function imagesApi({ sys, events }: Context, store: ImageStore, containers: () => readonly Stored[]): ImagesApi {
  const used = (id: string): number => containers().filter(({ Image }) => Image === id).length
  return {
    *list({ filters, shared }) {
      return listImages(store, filters, { ...(shared ? { shared } : {}), used })
    },
    *inspect(name) {
      return yield* inspectImage(store, name)
    },
    *history(name) {
      return historyOf(store, name)
    },
    *load(archive) {
      const lines = yield* loadImages(sys, store, archive)
      for (const line of lines) {
        const name = /^Loaded image(?: ID)?: (.*)$/.exec(line)?.[1]
        if (name !== undefined) events.log('image', 'load', needImage(store, name).id, { name: needImage(store, name).id })
      }
      return lines
    },
    *save(names) {
      return yield* saveImages(sys, store, names)
    },
    *import(archive, request) {
      const id = yield* importImage(sys, store, archive, request)
      events.log('image', 'import', id, { name: id })
      return id
    },
    *pull(reference, told) {
      yield* pullImage(sys, store, reference, told)
      const name = familiar(parsed(reference))
      events.log('image', 'pull', name, { name: name.replace(/[:@].*/, '') })
    },
    *tag(source, target) {
      const { id } = needImage(store, source)
      const name = familiarTag(target)
      yield* store.tag(name, id)
      events.log('image', 'tag', id, { name })
    },
    *remove(name, force) {
      return yield* removeImage({ store, events, containers: containers() }, name, force)
    },
    *prune(filters) {
      const fits = prunable('image', filters, ['dangling'])
      const every = filters.dangling?.[0] === 'false'
      const before = store.total
      const deleted = []
      for (const { id, config } of [...store.images.values()]) {
        if (used(id) > 0 || !fits(config.config?.Labels ?? null) || (!every && store.namesOf(id, 'tags').length > 0)) continue
        if (every) for (const name of store.namesOf(id, 'tags')) deleted.push(...(yield* removeImage({ store, events, containers: [] }, name, 'gently')))
        else deleted.push(...(yield* removeImage({ store, events, containers: [] }, id, 'gently')))
      }
      return { deleted, reclaimed: before - store.total }
    },
  }
}
