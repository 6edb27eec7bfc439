import type { Metadata } from 'next'
import Link from 'next/link'
import { loadReference, packagesOf } from '../../lib/reference/model'
import { Footer, Header } from '../components/shell/header'

export const metadata: Metadata = { title: 'Commands', description: 'Which commands the simulated node knows, by the Debian package that ships them, and which it does not.' }

export default function ReferencePage() {
  const reference = loadReference()
  return (
    <>
      <Header here="/reference/" />
      <main id="main" className="mx-auto max-w-6xl px-5 pt-12">
        <h1 className="text-4xl font-semibold">Commands</h1>
        <p className="mt-4 max-w-2xl text-prose">
          {reference.entries.length} commands answer on a node of the lab. Each page shows what <code className="inline-block">--help</code> prints there, and what a real node printed, as it was recorded. Which options are not simulated is listed there too: each was tried on a node of the lab. Such a command or option says so,{' '}
          <code>NAME: not simulated in this lab</code>, and ends with 125: it never invents an answer.
        </p>
        <p className="mt-4">
          <Link href="/reference/columns/">What the columns mean</Link> explains what they list.
        </p>
        <div className="mt-10 gap-x-10 md:columns-2">
          {[...packagesOf(reference)].map(([name, entries]) => (
            <section key={name} aria-labelledby={`package-${name}`} className="break-inside-avoid pb-8">
              <h2 id={`package-${name}`} className="border-b-2 border-ink pb-1 text-lg font-semibold">
                <Link href={`/reference/${name}/`} className="text-ink">
                  {name}
                </Link>
              </h2>
              <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1.5">
                {entries.map((entry) => (
                  <li key={entry.name}>
                    <Link href={`/reference/${name}/#${entry.name}`} title={entry.summary} className="font-mono text-sm">
                      {entry.name}
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
        <h2 className="mt-16 text-2xl font-semibold">On the real node, and not here</h2>
        <p className="mt-2 max-w-2xl">The recorded Debian 12 node has {reference.missing.length} more executables. On a node of the lab they are missing, or say that they are not simulated.</p>
        <details className="mt-4">
          <summary className="button">Show them</summary>
          <p className="mt-4 columns-3xs font-mono text-sm text-faint">
            {reference.missing.map((name) => (
              <span key={name} className="block">
                {name}
              </span>
            ))}
          </p>
        </details>
      </main>
      <Footer />
    </>
  )
}
