import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import type { ReactNode } from 'react'
import { EARLY } from '../lib/settings'
import { Offline } from './components/shell/offline'
import './globals.css'

// Letters that come with the page, with a stand-in of the same measures until they are there: nothing jumps. Where there is no Times, globals.css has its
// likes; any other monospace has the mono's width. A constant's name becomes the family's, and none may begin with a CSS keyword such as serif.
const letters = localFont({ src: '../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2', variable: '--face-serif', weight: '200 900', adjustFontFallback: 'Times New Roman' })
const italic = localFont({ src: '../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2', variable: '--face-italic', weight: '200 900', style: 'italic', preload: false, adjustFontFallback: 'Times New Roman' })
const mono = localFont({ src: '../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2', variable: '--face-mono', weight: '100 800', adjustFontFallback: false })

export const metadata: Metadata = {
  title: { default: 'Pause Lab', template: '%s · Pause Lab' },
  description: 'Learn how pods really work: a terminal on a simulated Kubernetes node that prints what a real one prints, with lessons beside it. No server, no account, offline.',
  applicationName: 'Pause Lab',
  appleWebApp: { capable: true, title: 'Pause Lab', statusBarStyle: 'default' },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  interactiveWidget: 'resizes-content',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f1f5f3' },
    { media: '(prefers-color-scheme: dark)', color: '#0c1514' },
  ],
}

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning className={`${letters.variable} ${italic.variable} ${mono.variable}`}>
      <head>
        {/* What the student chose, before the first paint. */}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of our own */}
        <script dangerouslySetInnerHTML={{ __html: EARLY }} />
      </head>
      <body className="min-h-dvh">
        <a href="#main" className="button button-main sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2">
          Skip to the content
        </a>
        {children}
        <Offline />
      </body>
    </html>
  )
}
