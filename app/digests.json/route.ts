/** `/digests.json`: what the layers, configurations and manifests of the lab's images hash to, for the page's worker. */
import { blobDigests } from '../../simulator/containerd/registry'

export const dynamic = 'force-static'

export const GET = (): Response => Response.json(blobDigests())
