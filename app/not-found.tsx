import type { Metadata } from 'next'
import Link from 'next/link'
import { Header } from './components/shell/header'

export const metadata: Metadata = { title: 'There is no such page' }

export default function NotFound() {
  return (
    <>
      <Header />
      <main id="main" className="mx-auto max-w-2xl px-6 py-20">
        <h1 className="text-3xl font-semibold">There is no such page</h1>
        <pre className="mt-6 rounded-soft bg-screen p-4 font-mono text-sm whitespace-pre-wrap text-glow">
          <span className="text-dim">node01 $ </span>cat page{'\n'}cat: page: No such file or directory
        </pre>
        <p className="mt-6">
          <Link href="/course/">The course</Link> lists the lessons; the search at the top finds the rest.
        </p>
      </main>
    </>
  )
}
