import Link from 'next/link'

export default function NotFound() {
  return (
    <main id="main" className="mx-auto max-w-2xl px-6 py-20">
      <h1 className="text-3xl font-semibold">There is no such page</h1>
      <p className="mt-4">
        <Link href="/">The course</Link> lists the lessons.
      </p>
    </main>
  )
}
