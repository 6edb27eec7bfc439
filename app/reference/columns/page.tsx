import type { Metadata } from 'next'
import Link from 'next/link'
import { wordsOf } from '../../../lib/explain/words'
import { Footer, Header } from '../../components/shell/header'

export const metadata: Metadata = { title: 'What the columns mean', description: 'Each column of ps, lsns, ctr, crictl, kubectl, ip, ss and more, each line of /proc/PID/status, each part of a mountinfo line: what it says, and what it says of pause.' }

/** All that a selected word is explained by, for reading. */
export default function ColumnsPage() {
  const groups = wordsOf()
  return (
    <>
      <Header here="/reference/" />
      <main id="main" className="mx-auto max-w-4xl px-5 pt-12">
        <p className="label">
          <Link href="/reference/">Commands</Link>
        </p>
        <h1 className="mt-2 text-4xl font-semibold">What the columns mean</h1>
        <p className="mt-4 max-w-2xl text-prose">In a terminal of the lab a word that you select is explained, and Ctrl Shift E explains the last output whole. Here is all of it.</p>
        <nav aria-label="Listings" className="mt-6 flex flex-wrap gap-x-4 gap-y-1.5">
          {groups.map(({ id, name }) => (
            <a key={id} href={`#${id}`} className="font-mono text-sm">
              {name}
            </a>
          ))}
        </nav>
        {groups.map(({ id, name, words }) => (
          <section key={id} id={id} aria-labelledby={`of-${id}`} className="mt-10 scroll-mt-6 border-t border-rule pt-6">
            <h2 id={`of-${id}`} className="font-mono text-xl font-semibold">
              {name}
            </h2>
            <dl className="mt-3 grid gap-x-6 gap-y-1.5 sm:grid-cols-[minmax(8rem,auto)_minmax(0,1fr)]">
              {words.map(({ what, meaning }) => (
                <div key={what} className="contents">
                  <dt className="font-mono text-sm font-semibold [overflow-wrap:anywhere] sm:max-w-52 sm:pt-0.5">{what}</dt>
                  <dd className="max-sm:mb-2">{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </main>
      <Footer />
    </>
  )
}
