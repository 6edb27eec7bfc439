/** The session of each lesson as it was left, in IndexedDB, so that a reload can go on with it. */
import { del, get, set } from 'idb-keyval'
import { readSession, type SharedSession, storable } from './share'

const key = (place: string): string => `pause-lab-session:${place}`

export async function storeSession(place: string, session: SharedSession): Promise<boolean> {
  try {
    await set(key(place), storable(session))
    return true
  } catch {
    return false
  }
}

export async function storedSession(place: string): Promise<SharedSession | undefined> {
  try {
    return readSession(await get(key(place)))
  } catch {
    return undefined
  }
}

export async function forgetSession(place: string): Promise<void> {
  try {
    await del(key(place))
  } catch {
    // It was not stored then.
  }
}
