/** `/scenarios/NAME.json`: a written scenario, checked, for the page's worker. */
import { loadScenario, scenarioNames } from '../../../lib/lessons/load'

export const dynamic = 'force-static'
export const dynamicParams = false

export const generateStaticParams = (): { file: string }[] => scenarioNames().map((name) => ({ file: `${name}.json` }))

export async function GET(_: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  return Response.json(loadScenario((await params).file.replace(/\.json$/, '')))
}
