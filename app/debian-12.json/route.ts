/** `/debian-12.json`: the files of the distribution, for the page's worker. */
import distribution from '../../content/nodes/debian-12.json'

export const dynamic = 'force-static'

export const GET = (): Response => Response.json(distribution)
