/** Lazy assets in Node: what the page fetches, read from the packages and from content/. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadJq } from './jq-host'

/** `load` of a LabHost. */
export async function loadAsset(name: string): Promise<unknown> {
  switch (name) {
    case 'jq': return loadJq()
    case 'debian-packages': return JSON.parse(await readFile(join(process.env.PAUSE_LAB_ROOT ?? process.cwd(), 'content/nodes/debian-12-packages.json'), 'utf8'))
    default: throw new Error(`there is no asset ${name}`)
  }
}
