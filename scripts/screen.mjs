// Bundles the terminal's screen, which is xterm.js, into a module of its own beside the worker's files: a lesson's first script fetches it, and the pages take it from there (app/components/lab/xterm.ts).
import fs from 'node:fs'
import path from 'node:path'
import { root } from './bundle.mjs'
import { withShortNames } from './xterm-private.mjs'

const OUT = path.join(root, 'public/lab')

/** Builds it, and gives its path below the site's. */
export async function screenPath() {
  const { build } = await import('vite')
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: [{ name: 'short-names', transform: (code, id) => (id.endsWith('/@xterm/xterm/lib/xterm.mjs') ? { code: withShortNames(code, id), map: null } : undefined) }],
    build: {
      outDir: OUT,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: { input: path.join(root, 'app/components/lab/screen.ts'), preserveEntrySignatures: 'strict', output: { entryFileNames: 'screen-[hash].js' } },
    },
  })
  const [{ output }] = Array.isArray(result) ? result : [result]
  return `/lab/${output[0].fileName}`
}

/** The one that was built last. */
export const lastScreen = () => `/lab/${fs.readdirSync(OUT).find((name) => /^screen-.*\.js$/.test(name))}`
