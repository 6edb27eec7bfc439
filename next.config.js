/** Static export: `out/` works from any static server; BASE_PATH puts it below a sub-path. */
/** @type {import('next').NextConfig} */
const config = {
  output: 'export',
  // Of a static export this is where it goes.
  ...(process.env.OUT ? { distDir: process.env.OUT } : {}),
  trailingSlash: true,
  images: { unoptimized: true },
  basePath: process.env.BASE_PATH ?? '',
  env: { NEXT_PUBLIC_BASE_PATH: process.env.BASE_PATH ?? '' },
  turbopack: {
    root: import.meta.dirname,
    // Of Next's client the ES modules, where it has them: what no page uses of them stays away, 15 kB of a lesson.
    rules: { '**/next/dist/{client,shared,lib}/**/*.js': { condition: { all: ['browser', 'foreign'] }, loaders: ['./scripts/next-esm.cjs'] } },
  },
  typescript: { ignoreBuildErrors: false },
}

export default config
