// The generators by name: each module in lines/ gives some.
import fs from 'node:fs'

const folder = new URL('lines/', import.meta.url)
const modules = await Promise.all(fs.readdirSync(folder).sort().map((name) => import(new URL(name, folder).href)))
export const GENERATORS = Object.assign({}, ...modules.map((module) => module.default))
