/** What a specification takes from an image (oci/spec_opts.go WithImageConfig; image-spec config.md, identity.ChainID). */
import { digestOfText } from '../digest'
import type { ImageConfig } from './types'

/** What was hashed once. */
const CHAINS = new Map<string, string>()

function chained(text: string): string {
  const chain = CHAINS.get(text) ?? digestOfText(text)
  CHAINS.set(text, chain)
  return chain
}

/** The snapshot that a list of layers unpacks to. */
export const chainId = (diffIds: readonly string[]): string => diffIds.reduce((chain, id) => (chain === '' ? id : chained(`${chain} ${id}`)), '')

/** Variables of `more` replace those of the same name in `base` in place, new ones follow as they are (replaceOrAppendEnvValues). */
export function mergeEnv(base: readonly string[], more: readonly string[]): string[] {
  const merged = [...base]
  for (const entry of more) {
    const name = `${entry.split('=', 1)[0]}=`
    const at = base.findIndex((e) => e.startsWith(name))
    if (at < 0) merged.push(entry)
    else merged[at] = entry
  }
  return merged
}

/** `65535:65535`, `1000`: numbers only; a name is looked up in the image by the caller. */
export function numericUser(text: string): { uid: number; gid: number } {
  const [user = '', group] = text.split(':')
  const uid = Number(user || 0)
  return { uid: Number.isInteger(uid) ? uid : 0, gid: group === undefined ? 0 : Number(group) || 0 }
}

export const argsOf = (image: ImageConfig, command: readonly string[], args: readonly string[]): string[] => {
  const entrypoint = command.length > 0 ? command : (image.config?.Entrypoint ?? [])
  const rest = args.length > 0 || command.length > 0 ? args : (image.config?.Cmd ?? [])
  return [...entrypoint, ...rest]
}
