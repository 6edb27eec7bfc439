// Bundles the terminal's screen, which is xterm.js, into a module of its own beside the worker's files: a lesson's first script fetches it, and the pages take it from there (app/components/lab/xterm.ts).
import path from 'node:path'
import { built, root } from './bundle.mjs'
import { OUT } from './worker.mjs'
import { withShortNames } from './xterm-private.mjs'

/** Builds it, and gives its path below the site's. */
export async function screenPath() {
  const [{ fileName }] = await built({
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
  return `/lab/${fileName}`
}
