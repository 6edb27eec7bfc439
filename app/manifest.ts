import type { MetadataRoute } from 'next'

export const dynamic = 'force-static'

const base = process.env.BASE_PATH ?? ''

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Pause Lab',
    short_name: 'Pause Lab',
    description: 'Learn how pods really work at the terminal of a simulated Kubernetes node.',
    lang: 'en',
    id: `${base}/`,
    start_url: `${base}/`,
    scope: `${base}/`,
    display: 'standalone',
    background_color: '#f1f5f3',
    theme_color: '#0f1e1c',
    categories: ['education', 'developer'],
    shortcuts: [
      { name: 'The course', url: `${base}/course/` },
      { name: 'The playground', url: `${base}/playground/` },
    ],
    // What a browser shows when it asks whether to install.
    screenshots: [{ src: `${base}/screenshot.png`, sizes: '1440x900', type: 'image/png', form_factor: 'wide', label: 'A lesson, the terminal beside it, and the picture of the node' }],
    icons: [
      { src: `${base}/icon-192.png`, sizes: '192x192', type: 'image/png' },
      { src: `${base}/icon-512.png`, sizes: '512x512', type: 'image/png' },
      { src: `${base}/icon-512.png`, sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  }
}
