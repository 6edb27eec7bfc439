#!/usr/bin/env node
// Measures the simulator beside the real tools. `node --cpu-prof scripts/bench.mjs` profiles it.
import { bundle, root } from './bundle.mjs'

process.env.PAUSE_LAB_ROOT = root
await import(await bundle('bench', 'simulator/cli/bench.ts', ['simulator']))
