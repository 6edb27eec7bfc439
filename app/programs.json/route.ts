/** `/programs.json`: the facts of all programs, for the page's worker, which loads the programs themselves when they are first run. */
import { factsOf } from '../../simulator/programs/lazy'
import { PROGRAMS } from '../../simulator/programs/registry'

export const dynamic = 'force-static'

export const GET = (): Response => Response.json(factsOf(PROGRAMS))
