import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { Offline } from './components/offline'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Pause Lab', template: '%s · Pause Lab' },
  description: 'Learn how pods really work: a terminal on a simulated Kubernetes node that prints what a real one prints, with lessons beside it. No server, no account, offline.',
}

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body className="min-h-dvh">
        <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-10 focus:bg-sheet focus:p-3">
          Skip to the lesson
        </a>
        {children}
        <Offline />
      </body>
    </html>
  )
}
