import type { Metadata } from 'next'
import Link from 'next/link'
import { Fragment } from 'react'
import { loadReference, packagesOf } from '../../../lib/reference/model'
import { Help } from '../../components/help'
import { Footer, Header } from '../../components/shell/header'

type Props = { params: Promise<{ package: string }> }

export const dynamicParams = false

/** A build needs at least one page here, also while nothing was gathered. */
export const generateStaticParams = (): { package: string }[] => {
  const names = [...packagesOf(loadReference()).keys()]
  return (names.length > 0 ? names : ['none']).map((name) => ({ package: name }))
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const name = (await params).package
  return { title: `Commands of ${name}`, description: `What the simulated node knows of the Debian package ${name}: ${(packagesOf(loadReference()).get(name) ?? []).map((e) => e.name).join(', ')}.`.slice(0, 180) }
}

export default async function PackagePage({ params }: Props) {
  const name = (await params).package
  const entries = packagesOf(loadReference()).get(name) ?? []
  return (
    <>
      <Header here="/reference/" />
      <main id="main" className="mx-auto max-w-4xl px-5 pt-12">
        <p className="label">
          <Link href="/reference/">Commands</Link>
        </p>
        <h1 className="mt-2 text-4xl font-semibold">{name}</h1>
        {entries.length > 8 && (
          <nav aria-label="Commands of this package" className="mt-4 flex flex-wrap gap-x-4 gap-y-1">
            {entries.map((entry) => (
              <a key={entry.name} href={`#${entry.name}`} className="font-mono text-sm">
                {entry.name}
              </a>
            ))}
          </nav>
        )}
        {entries.map((entry) => (
          <section key={entry.name} id={entry.name} aria-labelledby={`of-${entry.name}`} className="mt-10 scroll-mt-6 border-t border-rule pt-6">
            <h2 id={`of-${entry.name}`} className="font-mono text-xl font-semibold">
              {entry.name}
            </h2>
            <p className="mt-1">{entry.summary}</p>
            <p className="label mt-1 text-faint">
              {entry.paths.join(', ')}
              {entry.recorded > 0 ? ` · ${entry.recorded} recorded command line${entry.recorded === 1 ? ' begins' : 's begin'} with it` : ' · no recording begins with it'}
            </p>
            {entry.refused.length > 0 && (
              <p className="mt-2 text-faint">
                Not simulated here:{' '}
                {entry.refused.map((part, i) => (
                  <Fragment key={part}>
                    <span className="inline-block">
                      <code>{part}</code>
                      {i < entry.refused.length - 1 ? ',' : '.'}
                    </span>{' '}
                  </Fragment>
                ))}
              </p>
            )}
            {entry.examples.map((example) => (
              <figure key={example.command} className="mt-4 overflow-hidden rounded-soft bg-screen text-glow">
                <figcaption className="sr-only">Recorded on a real node: {example.command}</figcaption>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide output must be scrollable by keyboard */}
                <pre tabIndex={0} className="overflow-x-auto px-4 py-3 font-mono text-[0.8rem] leading-relaxed">
                  <span className="text-dim"># </span>
                  {example.command}
                  {'\n'}
                  <span className="text-glow/80">{example.output}</span>
                </pre>
              </figure>
            ))}
            {entry.help !== '' && <Help pkg={name} name={entry.name} />}
          </section>
        ))}
      </main>
      <Footer />
    </>
  )
}
