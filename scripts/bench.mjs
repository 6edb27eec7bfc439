#!/usr/bin/env node
// Measures the simulator beside the real tools; with `page`, the built page in Chromium. `node --cpu-prof scripts/bench.mjs` profiles it.
import { bundle, root } from './bundle.mjs'

process.env.PAUSE_LAB_ROOT = root
if (process.argv[2] === 'page') await import('./bench-page.mjs')
else await import(await bundle('bench', 'simulator/cli/bench.ts', ['simulator']))
