import Link from 'next/link'
import type { ReactNode } from 'react'
import { Brand } from './brand'
import { SearchButton } from './search-button'
import { SettingsButton } from './settings-button'

export const PLACES = [
  { href: '/course/', label: 'Course' },
  { href: '/playground/', label: 'Playground' },
  { href: '/reference/', label: 'Commands' },
  { href: '/about/', label: 'About' },
] as const

type Place = (typeof PLACES)[number]['href']

/** The bar at the top of every page. `children` stands between the name and the tools; without it, the places of the site, with the one that this page belongs to. */
export function Header({ children, here, wide = 'page' }: { children?: ReactNode; here?: Place; wide?: 'page' | 'full' }) {
  return (
    <header className="relative z-10 border-b border-rule bg-film">
      <div className={`flex min-h-11 flex-wrap items-center gap-x-1 px-2 ${wide === 'page' ? 'mx-auto max-w-6xl sm:px-4' : ''}`}>
        <Brand />
        {children ?? (
          <nav aria-label="Site" className="ms-auto flex items-center max-sm:order-last max-sm:w-full max-sm:justify-between max-sm:pb-1">
            {PLACES.map(({ href, label }) => (
              <Link prefetch={false} key={href} href={href} aria-current={href === here ? 'page' : undefined} className="tool">
                {label}
              </Link>
            ))}
          </nav>
        )}
        <span className={children ? 'contents' : 'contents max-sm:ms-auto max-sm:flex'}>
          <SearchButton />
          <SettingsButton />
        </span>
      </div>
    </header>
  )
}

/** The foot of the pages for reading. */
export function Footer() {
  return (
    <footer className="label mx-auto mt-24 max-w-6xl px-5 text-faint">
      <p className="flex flex-wrap gap-x-6 gap-y-2 border-t border-rule py-8">
        <span>What a command prints here is derived from the simulated machine’s state, never looked up.</span>
        <Link prefetch={false} href="/about/" className="ms-auto">
          How true is it?
        </Link>
      </p>
    </footer>
  )
}
