/** Lazy assets in Node: what the page fetches, read from the packages. */
import { loadJq } from './jq-host'

/** `load` of a LabHost. */
export const loadAsset = (name: string): Promise<unknown> => (name === 'jq' ? loadJq() : Promise.reject(new Error(`there is no asset ${name}`)))
