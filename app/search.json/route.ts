import { documents } from '../../lib/search/documents'

export const dynamic = 'force-static'

export const GET = (): Response => Response.json(documents())
