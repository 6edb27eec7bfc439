import { loadReference, packagesOf } from '../../../../lib/reference/model'

export const dynamic = 'force-static'

export const generateStaticParams = (): { package: string }[] => {
  const names = [...packagesOf(loadReference()).keys()]
  return (names.length > 0 ? names : ['none']).map((name) => ({ package: name }))
}

/** The help texts of a package by command: apart from the page, which would carry each of them several times. */
export async function GET(_: Request, { params }: { params: Promise<{ package: string }> }): Promise<Response> {
  const entries = packagesOf(loadReference()).get((await params).package) ?? []
  return Response.json(Object.fromEntries(entries.filter((e) => e.help !== '').map((e) => [e.name, e.help])))
}
