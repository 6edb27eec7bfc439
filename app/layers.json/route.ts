/** `/layers.json`: what the layers of the lab's images hash to, for the page's worker. */
import { layerDigests } from '../../simulator/containerd/registry'

export const dynamic = 'force-static'

export const GET = (): Response => Response.json(layerDigests())
